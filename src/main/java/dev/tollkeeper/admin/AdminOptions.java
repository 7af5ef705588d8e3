package dev.tollkeeper.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What all commands have in common. */
@Command(name = "admin", mixinStandardHelpOptions = true, version = "Tollkeeper", subcommands = HelpCommand.class, description = {
        "Works on the database of an installation, which may be running.",
        "It is found by the same settings as the service's own: TOLLKEEPER_DATABASE_URL and so on, or TOLLKEEPER_DATA_DIR."}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:done", "1:it failed; the message says why", "2:the arguments cannot be taken",
                "3:refused, since something would be lost, or errors were found in the books"})
final class AdminOptions {
    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "Show no progress.")
    private boolean quiet;

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }
}
