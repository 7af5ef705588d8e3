package dev.tollkeeper.testsupport;

/** The secrets of the tested installation. */
public final class TestSettings {
    /** The one pepper. */
    public static final String PEPPER = "7f3c19d2a8405be6c1d94e7a20b8f5631c7e0d9a4b52f8e3";
    /** The operator's address. */
    public static final String OPERATOR_EMAIL = "operator@tollkeeper.test";
    /** Every test user's password. */
    public static final String PASSWORD = "a long enough passphrase";
    /** The management key of the default project. */
    public static final String BOOTSTRAP_KEY = "tkm_5aQqkhVBynNkft1XCpqUkdiirxZ6Hsfpp3sbnkAIMRW0mN55G";

    private TestSettings() {
    }
}
