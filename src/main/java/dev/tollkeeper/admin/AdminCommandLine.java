package dev.tollkeeper.admin;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;

import jakarta.enterprise.inject.Instance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tollkeeper.database.DatabaseFailures;
import dev.tollkeeper.http.problem.DomainError;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.vertx.VertxContextSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** Finds the command that is asked for, runs it, and prints what came of it. */
public class AdminCommandLine implements QuarkusApplication {
    /** The first argument of a process that is to run a command. */
    public static final String NAME = "admin";
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Instance<AdminTask> tasks;
    private final ObjectMapper json;

    AdminCommandLine(Instance<AdminTask> tasks, ObjectMapper json) {
        this.tasks = tasks;
        this.json = json;
    }

    /** Whether these arguments ask for a command, not for the service. */
    public static boolean isAsked(String... arguments) {
        return arguments.length > 0 && NAME.equals(arguments[0]);
    }

    /** Whether these arguments ask only what there is: that needs no database. */
    public static boolean isHelpAsked(String... arguments) {
        return arguments.length == 1 || "help".equals(arguments[1])
                || Arrays.stream(arguments).anyMatch(argument -> argument.matches("-h|--help|-V|--version"));
    }

    @Override
    public int run(String... arguments) {
        AdminOptions options = new AdminOptions();
        CommandLine line = new CommandLine(options);
        tasks.stream().sorted(Comparator.comparing(task -> task.getClass().getAnnotation(Command.class).name()))
                .forEach(line::addSubcommand);
        line.setExecutionStrategy(parsed -> run(parsed, options));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.execute(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private int run(ParseResult parsed, AdminOptions options) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        if (!parsed.hasSubcommand()) {
            parsed.commandSpec().commandLine().usage(parsed.commandSpec().commandLine().getErr());
            return Outcome.WRONG_ARGUMENTS;
        }
        CommandLine command = parsed.subcommand().commandSpec().commandLine();
        try {
            Outcome outcome = run(command.getCommand(), new ProgressBars(options.quiet()));
            command.getOut().println(options.json() ? json(outcome) : outcome.words());
            command.getOut().flush();
            return outcome.exit();
        } catch (Exception failed) {
            return fail(failed, command.getErr());
        }
    }

    private static Outcome run(AdminTask task, Progress progress) throws Exception {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> task.run(progress).ifNoItem().after(LONGEST).fail());
        } catch (Exception failed) {
            throw failed;
        } catch (Throwable error) {
            throw new IllegalStateException(error);
        } finally {
            progress.end();
        }
    }

    private String json(Outcome outcome) {
        try {
            return json.writeValueAsString(outcome.json());
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    private static int fail(Exception failed, PrintWriter to) {
        if (failed instanceof DomainError refused) {
            to.println(refused.getMessage());
        } else if (DatabaseFailures.isUnreachable(failed)) {
            to.println("The database cannot be reached: " + failed.getMessage());
        } else {
            failed.printStackTrace(to);
        }
        to.flush();
        return Outcome.FAILED;
    }
}
