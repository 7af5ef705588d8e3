/**
 * Projects: what a team's keys and configurations belong to.
 * <ul>
 * <li>A project has one configuration from the moment it is there.</li>
 * <li>A name is one live project's in its team; a team has at most 1000 live projects, under any concurrency.</li>
 * <li>A project with live keys is not deleted; a deleted one stays for its history.</li>
 * </ul>
 */
package dev.tollkeeper.project;
