package dev.tollkeeper.key;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.Dependent;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.tollkeeper.admin.AdminTask;
import dev.tollkeeper.admin.Outcome;
import dev.tollkeeper.admin.Progress;
import dev.tollkeeper.http.problem.DomainError;
import dev.tollkeeper.secret.Pepper;
import dev.tollkeeper.secret.Peppers;
import dev.tollkeeper.secret.SecretFile;
import io.smallrye.mutiny.Uni;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes up a pepper, or takes an old one out: as what TOLLKEEPER_KEY_PEPPERS is to be. See docs/operations/peppers.md. */
@Command(name = "rotate-pepper", description = {
        "Makes up a new pepper, or takes an old one out.",
        "Prints what TOLLKEEPER_KEY_PEPPERS has to be, step by step; with --retire without the old one, and not while something in the "
                + "database needs that."}, mixinStandardHelpOptions = true)
@Dependent
class RotatePepperTask implements AdminTask {
    @Option(names = "--retire", paramLabel = "ID", description = "Take this one out; what peppers there are is printed without it.")
    private String retired;

    @Option(names = "--write", description = "Write it where the embedded default keeps it; restart the service then.")
    private boolean write;

    private final PepperUses uses;
    private final List<Pepper> peppers;
    private final List<String> texts;
    private final Optional<Path> file;

    RotatePepperTask(PepperUses uses, Peppers peppers, @ConfigProperty(name = "tollkeeper.key-peppers") List<String> texts,
            @ConfigProperty(name = "tollkeeper.key-pepper-file") Optional<Path> file) {
        this.uses = uses;
        this.peppers = peppers.all().toList();
        this.texts = texts;
        this.file = file;
    }

    @Override
    public Uni<Outcome> run(Progress progress) {
        if (write && file.isEmpty()) {
            throw DomainError.invalidField("--write",
                    "is for the embedded default; here TOLLKEEPER_KEY_PEPPERS is yours to set");
        }
        return uses.all().map(found -> retired == null ? rotate(found) : retire(found));
    }

    private Outcome rotate(List<PepperUses.Use> found) {
        String fresh = SecretFile.random();
        List<String> next = new ArrayList<>(List.of(fresh));
        next.addAll(texts);
        List<String> first = new ArrayList<>(texts);
        first.add(fresh);
        String setting = String.join(",", next);
        Map<String, Object> json = json(found);
        json.put("first", String.join(",", first));
        json.put("then", setting);
        return keep(setting, """
                %s
                With several replicas, first restart each with the new pepper at the end:
                TOLLKEEPER_KEY_PEPPERS=%s
                Then, and at once with a single one, with it in front:
                TOLLKEEPER_KEY_PEPPERS=%s
                When nothing needs an old one any more: admin rotate-pepper --retire ID""".formatted(standing(found),
                String.join(",", first), setting), json);
    }

    private Outcome retire(List<PepperUses.Use> found) {
        int at = peppers.stream().map(Pepper::id).toList().indexOf(retired);
        if (at < 0) {
            throw DomainError.invalidField("--retire", "TOLLKEEPER_KEY_PEPPERS holds none with this id\n" + standing(found));
        }
        List<PepperUses.Use> needing = found.stream().filter(use -> use.pepper().equals(retired)).toList();
        Map<String, Object> json = json(found);
        json.put("retired", at > 0 && needing.isEmpty());
        if (at == 0) {
            return Outcome.refused("Pepper " + retired + " is the newest: make another one first.", json);
        }
        if (!needing.isEmpty()) {
            return Outcome.refused("Pepper %s is needed, by %s. Taken out, they would be lost. See docs/operations/peppers.md."
                    .formatted(retired, words(needing)), json);
        }
        List<String> left = new ArrayList<>(texts);
        left.remove(at);
        String setting = String.join(",", left);
        json.put("then", setting);
        return keep(setting, "Nothing needs pepper %s. Restart with:%nTOLLKEEPER_KEY_PEPPERS=%s".formatted(retired, setting),
                json);
    }

    private Outcome keep(String setting, String words, Map<String, Object> json) {
        if (!write) {
            return Outcome.done(words, json);
        }
        Path kept = file.orElseThrow();
        SecretFile.write(kept, setting);
        return Outcome.done(words + "%nWritten to %s: restart the service.".formatted(kept), json);
    }

    private Map<String, Object> json(List<PepperUses.Use> found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("peppers", peppers.stream().map(pepper -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", pepper.id());
            of(found, pepper).forEach(use -> one.put(use.what(), use.count()));
            return one;
        }).toList());
        return json;
    }

    private String standing(List<PepperUses.Use> found) {
        return peppers.stream().map(pepper -> "%s  %s".formatted(pepper.id(), words(of(found, pepper))))
                .collect(Collectors.joining("\n", "Peppers, the newest first, and what needs them:\n", "\n"));
    }

    private static List<PepperUses.Use> of(List<PepperUses.Use> found, Pepper pepper) {
        return found.stream().filter(use -> use.pepper().equals(pepper.id())).toList();
    }

    private static String words(List<PepperUses.Use> uses) {
        return uses.isEmpty()
                ? "nothing"
                : uses.stream().map(use -> use.count() + " " + use.what()).collect(Collectors.joining(", "));
    }
}
