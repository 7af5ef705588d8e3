package dev.tollkeeper.time;

import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;

/** Reads the names of time zones. */
public final class ZoneIds {
    /** What dates are read in where nobody names a zone. */
    public static final ZoneId UTC = ZoneId.of("UTC");

    private ZoneIds() {
    }

    /**
     * The zone with this name of the IANA time zone database, such as {@code Europe/Vienna}; {@code Z} is {@code UTC}.
     *
     * @throws InvalidZoneException for anything else. Offsets such as {@code +02:00} or {@code GMT+2} are refused: they have no
     *         daylight-saving time, and whoever sends one seldom means that
     */
    public static ZoneId parse(String name) {
        if ("Z".equals(name)) {
            return UTC;
        }
        // Only known names get further, so their length needs no limit of its own.
        if (name == null || !ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
            throw new InvalidZoneException("The timezone must be an IANA name such as Europe/Vienna or UTC.");
        }
        return ZoneId.of(name);
    }
}
