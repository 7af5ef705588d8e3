package dev.tollkeeper.billing.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tollkeeper.http.csv.CsvOutput;

/** A file that is there only when it is whole: until then it is {@code ….part}. */
final class ExportFile {
    private final Path target;
    private final Path part;
    private final Writer writer;
    private final Line lines;

    /** Writes one row. */
    @FunctionalInterface
    private interface Line {
        void write(List<?> row) throws IOException;
    }

    private ExportFile(Path target, Path part, Writer writer, Line lines) {
        this.target = target;
        this.part = part;
        this.writer = writer;
        this.lines = lines;
    }

    /** Begins one of CSV, or of a JSON object in each line. */
    static ExportFile begin(Path target, List<String> columns, boolean csv, ObjectMapper json) {
        Path absolute = target.toAbsolutePath();
        Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
        try {
            Writer writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8);
            if (csv) {
                CsvOutput output = new CsvOutput(writer);
                output.row(columns);
                return new ExportFile(absolute, part, writer, output::row);
            }
            return new ExportFile(absolute, part, writer,
                    row -> writer.write(json.writeValueAsString(object(columns, row)) + "\n"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Map<String, Object> object(List<String> columns, List<?> row) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            object.put(columns.get(i), row.get(i));
        }
        return object;
    }

    void write(List<?> row) {
        try {
            lines.write(row);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Puts it where it is wanted; without {@code overwrite} never in another's place. */
    void finish(boolean overwrite) {
        try {
            writer.close();
            if (overwrite) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } else if (Files.exists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            } else {
                Files.move(part, target);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Leaves nothing behind. */
    void abandon() {
        try {
            writer.close();
            Files.deleteIfExists(part);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
