package dev.tollkeeper.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneIdsTest {

    @ParameterizedTest
    @CsvSource({"Europe/Vienna, Europe/Vienna", "America/Argentina/Buenos_Aires, America/Argentina/Buenos_Aires",
            "Asia/Kathmandu, Asia/Kathmandu", "UTC, UTC", "Z, UTC"})
    void namesOfTheIanaDatabaseAreZones(String name, ZoneId expected) {
        ZoneId zone = ZoneIds.parse(name);

        assertThat(zone).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Europe/Nowhere", "europe/vienna", "+02:00", "GMT+2", "UTC+01:00", " UTC", "CEST",
            "../../etc/passwd"})
    void anythingElseIsRefusedWithASentence(String name) {
        assertThatThrownBy(() -> ZoneIds.parse(name)).isInstanceOf(InvalidZoneException.class)
                .hasMessage("The timezone must be an IANA name such as Europe/Vienna or UTC.");
    }
}
