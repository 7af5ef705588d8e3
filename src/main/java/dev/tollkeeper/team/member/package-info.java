/** Who is in which team, and as what. A team keeps at least one active admin: {@link dev.tollkeeper.team.member.LastAdmin}. */
package dev.tollkeeper.team.member;
