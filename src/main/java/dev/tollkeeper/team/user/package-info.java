/** Users. Who may change what of whom is said in one place: {@link dev.tollkeeper.team.user.UserRules}. */
package dev.tollkeeper.team.user;
