/**
 * Teams, the people in them, and how those sign in.
 * <ul>
 * <li>A team keeps at least one active admin, and the installation one active operator, under any concurrency.</li>
 * <li>Who a user is (address, password, status) is changed only by themselves, or by who administers every team they are
 * in; an operator's only by an operator. Nothing here makes an operator.</li>
 * <li>What is of another team is told exactly as what is not there.</li>
 * <li>A change is in force with the next request: nothing of it is kept in a token. A user's keys are the project's: they
 * go on working when their maker leaves, is disabled or deleted, with a member's role.</li>
 * <li>Nothing is removed that history refers to: users, teams and projects are marked deleted, and their names and
 * addresses are free again.</li>
 * </ul>
 */
package dev.tollkeeper.team;
