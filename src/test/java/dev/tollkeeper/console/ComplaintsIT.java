package dev.tollkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other tests of the console would not be worth much if nobody listened. */
class ComplaintsIT extends ConsoleTest {
    @ParameterizedTest
    @ValueSource(strings = {"new Image().src = 'https://elsewhere.example/x.png'",
            "fetch('https://elsewhere.example/').catch(() => {})",
            "document.body.setAttribute('style', 'color: red')",
            "document.head.append(Object.assign(document.createElement('style'), {textContent: 'p { color: red }'}))",
            "document.head.append(Object.assign(document.createElement('iframe'), {src: '/'}))"})
    void whatBreaksThePolicyIsHeard(String deed) {
        // Given
        page.navigate("/");
        // When
        page.evaluate("() => { " + deed + " }");
        // Then
        page.waitForCondition(() -> complaints.hasHeard("policy"));
        complaints.forget();
    }

    /** Trusted types: text that nobody has escaped cannot become part of the page. */
    @Test
    void noScriptCanWriteMarkupIntoThePage() {
        // Given
        page.navigate("/");
        // When
        Object came = page.evaluate("() => { try { document.body.innerHTML = '<b>x</b>'; return 'written'; } "
                + "catch (refused) { return refused.name; } }");
        // Then
        assertThat(came).isEqualTo("TypeError");
        page.waitForCondition(() -> complaints.hasHeard("policy"));
        complaints.forget();
    }

    @Test
    void anErrorIsHeard() {
        // Given
        page.navigate("/");
        // When
        page.evaluate("() => { setTimeout(() => { throw new Error('out of order'); }); }");
        // Then
        page.waitForCondition(() -> complaints.hasHeard("out of order"));
        complaints.forget();
    }
}
