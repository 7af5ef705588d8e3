package dev.tollkeeper.load.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tries the faults whose names {@code -Dbenchmark.faults=…} finds, or all of them, and writes what clients saw to {@code target/faults.md}. Fails where
 * a verdict was wrong, where something was lost that was answered as done, and where anything needed a restart.
 */
public final class Faults {
    private static final Path DIRECTORY = Path.of("target", "faults").toAbsolutePath();
    private static final Path REPORT = Path.of("target", "faults.md");
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    /** Small, so that a disk for it can be small. */
    private static final Map<String, String> POSTGRES = Map.of("max_wal_size", "64MB", "min_wal_size", "32MB", "max_connections", "80");

    private Faults() {
    }

    private final List<String> complaints = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    /** Takes no arguments. */
    public static void main(String[] arguments) throws Exception {
        Faults faults = new Faults();
        Map<Boolean, List<Fault>> asked = AllFaults.named(System.getProperty("benchmark.faults", "")).stream()
                .collect(Collectors.partitioningBy(Fault::movesClock));
        faults.tryAll(asked.get(false), false);
        faults.tryAll(asked.get(true), true);
        System.out.println("Written to " + REPORT);
        faults.complaints.forEach(System.out::println);
        if (!faults.complaints.isEmpty()) {
            throw new IllegalStateException(faults.complaints.size() + " complaints, above");
        }
    }

    private void tryAll(List<Fault> faults, boolean moveClock) throws Exception {
        faults.forEach(fault -> fault.missing()
                .ifPresent(why -> text.append("### %s%n%nNOT TRIED: %s%n%n".formatted(fault.name(), why))));
        List<Fault> possible = faults.stream().filter(fault -> fault.missing().isEmpty()).toList();
        if (possible.isEmpty()) {
            return;
        }
        Path directory = Files.createTempDirectory(Files.createDirectories(DIRECTORY), "run");
        Optional<FakeTime> fakeTime = moveClock ? Optional.of(new FakeTime(directory)) : Optional.empty();
        try (FullDisk disk = FullDisk.mount(directory);
                Installation installation = Installation.start(directory, disk.place(), POSTGRES, fakeTime)) {
            Trial trial = new Trial(installation);
            trial.warmUp(WARM_UP);
            for (Fault fault : possible) {
                tryOne(fault, trial);
            }
        }
    }

    private void tryOne(Fault fault, Trial trial) throws Exception {
        System.out.println(fault.name() + "…");
        Report report = new Report(trial);
        Course course = trial.of(fault);
        String section = report.of(course);
        System.out.println(section);
        report.failures(course).forEach(System.out::println);
        text.append(section);
        report.complaints(course).forEach(complaint -> complaints.add(fault.name() + ": " + complaint));
        Files.writeString(REPORT, text);
    }
}
