package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** The first page of a team with ten thousand keys and a year of usage, beside that of a team with nothing. */
class OverviewOfManyIT extends ConsoleTest {
    private static final int LOADS = 7;
    private static final double MOST_TIMES_AS_LONG = 4;
    private static final String SHOWN = """
            () => document.querySelector('.figures[aria-busy=false]') && document.querySelector('.trend')
                && document.querySelector('[aria-labelledby=attention-heading] .checks, [aria-labelledby=attention-heading] .state')
                ? performance.now() : null""";

    /** Where either takes long, this fails by their ratio; how long they took is in {@code target/console-overview.txt}. */
    @Test
    void itIsUsableAsSoonAsThatOfATeamWithNothing() throws IOException, SQLException {
        // Given
        fill();
        ConsoleTeam nothing = ConsoleTeam.create(installation);
        // When
        List<Double> many = new ArrayList<>();
        List<Double> none = new ArrayList<>();
        for (int load = 0; load <= LOADS; load++) {
            none.add(millis(nothing));
            many.add(millis(team));
        }
        // Then
        double manys = median(many);
        double nones = median(none);
        Files.writeString(Path.of("target", "console-overview.txt"),
                "Overview shown, 10,000 keys and a year of usage: %.0f ms; nothing: %.0f ms (medians of %d)%n".formatted(manys,
                        nones,
                        LOADS) + calls());
        assertThat(manys / nones).isLessThan(MOST_TIMES_AS_LONG);
    }

    /** From the beginning of the navigation, with what the browser keeps. */
    private double millis(ConsoleTeam of) {
        loseTheSession();
        open(of.admin(), "/overview");
        assertThat(page.locator(".figures[aria-busy=false]")).isVisible();
        page.navigate("/overview");
        double shown = ((Number) page.waitForFunction(SHOWN).jsonValue()).doubleValue();
        if (of.equals(team)) {
            assertThat(page.locator(".figures")).containsText("200 or more");
            assertThat(page.getByText("More keys expire within 14 days.")).isVisible();
        }
        return shown;
    }

    /** How long each call of the last page took. */
    private String calls() {
        return (String) page.evaluate(
                """
                        () => performance.getEntriesByType('resource').filter(({name}) => name.includes('/api/')).map(({name, startTime, duration}) =>
                            `  ${new URL(name).pathname} from ${startTime.toFixed(0)} ms, for ${duration.toFixed(0)} ms`).join('\\n')""");
    }

    /** Without the first load, which warms up. */
    private static double median(List<Double> millis) {
        return millis.stream().skip(1).sorted().skip(LOADS / 2).findFirst().orElseThrow();
    }

    private void fill() throws SQLException {
        installation.execute(
                """
                        INSERT INTO api_key (team_id, id, project_id, created_by, name, is_management_key, hint, enabled, scopes, allowed_ips,
                            expires_at, metadata, created_at)
                        SELECT p.team_id, gen_random_uuid(), p.id, u.id, 'key ' || n, false, 'abcd', true, '{}', '{}',
                            CASE WHEN n %% 100 = 0 THEN now() + interval '3 days' END, '{}', now()
                        FROM generate_series(1, 10000) n, project p, app_user u WHERE p.team_id = '%1$s' AND u.email = '%2$s';
                        INSERT INTO usage_rollup (team_id, hour, project_id, key_id, user_id, meter, model, provider, quantity, cost, requests)
                        SELECT k.team_id, h.hour, k.project_id, k.id, k.created_by, 'tokens', m.model, NULL, 1000, 0.001, 7
                        FROM (SELECT * FROM api_key WHERE team_id = '%1$s' ORDER BY id LIMIT 10) k,
                            generate_series(date_trunc('hour', now()) - interval '1 year', date_trunc('hour', now()), interval '1 hour') h (hour),
                            (VALUES ('gpt-4o'), ('mistral-small-latest')) m (model);
                        ANALYZE api_key, usage_rollup;
                        """
                        .formatted(team.id(), team.admin()));
    }
}
