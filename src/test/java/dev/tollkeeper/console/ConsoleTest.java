package dev.tollkeeper.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;

import dev.tollkeeper.testsupport.TestSettings;

/**
 * A test in the browser, with a team and a window of its own. It fails on any error in the browser's console, any broken
 * policy and any request to another origin.
 */
abstract class ConsoleTest {
    protected final ConsoleInstallation installation = ConsoleInstallation.get();
    protected final ConsoleTeam team = ConsoleTeam.create(installation);
    protected Page page;
    protected Complaints complaints;
    private BrowserContext window;

    @BeforeEach
    void openWindow() {
        window = installation.sharedBrowser().newContext(new Browser.NewContextOptions().setBaseURL(installation.url(""))
                .setViewportSize(1280, 800).setReducedMotion(ReducedMotion.REDUCE));
        page = window.newPage();
        complaints = new Complaints(page, installation.url("/"));
    }

    @AfterEach
    void closeWindow() {
        if (window != null) {
            window.close();
            complaints.assertNone();
        }
    }

    /** Opens a page as a user, by way of signing in. */
    protected void open(String email, String path) {
        open(email, ConsoleTeam.PASSWORD, path);
    }

    /** Opens a page as the operator of the installation. */
    protected void openAsOperator(String path) {
        open(TestSettings.OPERATOR_EMAIL, TestSettings.PASSWORD, path);
    }

    private void open(String email, String password, String path) {
        page.navigate(path);
        fillIn(email, password);
        assertThat(page.locator(".frame")).isVisible();
    }

    protected void fillIn(String email, String password) {
        page.getByLabel("Email").fill(email);
        page.getByLabel("Password").fill(password);
        button("Sign in").click();
    }

    /** Loses the session, as its end does. */
    protected void loseTheSession() {
        window.clearCookies();
    }

    protected Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    protected Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    protected Locator heading(String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }

    /** The dialog that is open. */
    protected Locator dialog() {
        return page.getByRole(AriaRole.DIALOG);
    }

    /** Presses a button of the dialog that is open. */
    protected void answer(String verb) {
        dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(verb).setExact(true)).click();
    }
}
