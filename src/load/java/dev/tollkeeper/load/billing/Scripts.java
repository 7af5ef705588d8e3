package dev.tollkeeper.load.billing;

import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

import dev.tollkeeper.billing.ledger.PostStatement;
import dev.tollkeeper.billing.usage.StoreStatement;
import dev.tollkeeper.testsupport.BilledTeams;
import dev.tollkeeper.testsupport.BilledTeams.Team;

/** The same work said twice: to Tollkeeper as requests, to PostgreSQL as statements. */
final class Scripts {
    static final int EVENTS = 1000;

    private Scripts() {
    }

    /**
     * For wrk: requests of so many events, each with an id that was never used before, of one team after the other. A body is
     * made ahead but for that, so that it costs the load generator little.
     */
    static String requests(List<Team> teams, int events) {
        String secrets = teams.stream().map(team -> "\"" + team.secret() + "\"").collect(Collectors.joining(","));
        String keys = teams.stream().map(team -> "\"" + team.keyId() + "\"").collect(Collectors.joining(","));
        return """
                local secrets = {%s}
                local keys = {%s}
                local count = 0
                function setup(thread)
                  thread:set("name", "t" .. count .. "-" .. os.time())
                  count = count + 1
                end
                function init(args)
                  sent = 0
                  parts = {}
                  local occurred = os.date("!%%Y-%%m-%%dT%%H:%%M:%%SZ")
                  for event = 1, %d do
                    parts[event] = '","id":"' .. event .. '","occurred_at":"' .. occurred ..
                      '","meter":"%s","model":"m' .. event %% 10 .. '","quantity":"' .. event .. '","key_id":"KEY'
                  end
                end
                function request()
                  sent = sent + 1
                  local team = (sent * 7919) %% #secrets + 1
                  local source = name .. "-" .. sent
                  local body = '{"events":[{"source":"' .. source ..
                    table.concat(parts, '"},{"source":"' .. source) .. '"}]}'
                  body = string.gsub(body, "KEY", keys[team])
                  return "POST /api/usage/events HTTP/1.1\\r\\nHost: load.test\\r\\nAuthorization: Bearer " .. secrets[team] ..
                    "\\r\\nContent-Type: application/json\\r\\nContent-Length: " .. #body .. "\\r\\n\\r\\n" .. body
                end
                """.formatted(secrets, keys, events, BilledTeams.METER);
    }

    /** For pgbench: so many events of some team are stored, the statement being Tollkeeper's own. */
    static String storing(int teams, int events) {
        return pgbench(teams, StoreStatement.text(), List.of("now()", same(ofTeam("team_id"), events), same("gen_random_uuid()", events),
                same("('pgbench-' || :client_id || '-' || :unique)::text", events), each("n::text", events), same("now()", events),
                same(ofTeam("project_id"), events), same(ofTeam("key_id"), events), same(ofTeam("user_id"), events),
                same("'" + BilledTeams.METER + "'::text", events), each("'m' || n % 10", events), each("n::text", events),
                same("(SELECT id FROM price WHERE meter = '" + BilledTeams.METER + "')", events), each("(n * 0.001)::text", events),
                same("NULL::text", events), each("sha256(n::text::bytea)", events), same("NULL::bytea", events), same("now()", events),
                same("NULL::date", events)));
    }

    /** For pgbench: one debit of some team, the statement being Tollkeeper's own, behind the lock without which it must not be run. */
    static String debit(int teams) {
        String lock = "BEGIN;\nSELECT balance FROM ledger_account WHERE team_id = " + ofTeam("team_id")
                + " AND account = 'balance' FOR UPDATE;\n";
        return pgbench(teams, lock + PostStatement.text(), List.of("now()", same(ofTeam("team_id"), 1), same("gen_random_uuid()", 1),
                same("'usage'::text", 1), same("'usage_batch'::text", 1), same("gen_random_uuid()", 1), same("'balance'::text", 1),
                same("'revenue'::text", 1), same("gen_random_uuid()", 1), same("gen_random_uuid()", 1), same("'0.001'::text", 1),
                same("NULL::uuid", 1), same("NULL::date", 1)))
                + "COMMIT;\n";
    }

    private static String pgbench(int teams, String statement, List<String> arguments) {
        String filled = statement;
        for (int place = arguments.size(); place > 0; place--) {
            filled = filled.replaceAll("\\$" + place + "\\b", Matcher.quoteReplacement(arguments.get(place - 1)));
        }
        return "\\set team random(0, " + (teams - 1) + ")\n\\set unique random(1, 1000000000000000)\n" + filled + ";\n";
    }

    private static String ofTeam(String column) {
        return "(SELECT " + column + " FROM load_team WHERE n = :team)";
    }

    private static String same(String value, int times) {
        return "array_fill(" + value + ", ARRAY[" + times + "])";
    }

    private static String each(String value, int times) {
        return "(SELECT array_agg(" + value + " ORDER BY n) FROM generate_series(1, " + times + ") n)";
    }
}
