package dev.tollkeeper.billing.export;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.Dependent;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tollkeeper.admin.AdminTask;
import dev.tollkeeper.admin.Outcome;
import dev.tollkeeper.admin.Progress;
import dev.tollkeeper.database.Columns;
import dev.tollkeeper.database.Snapshot;
import dev.tollkeeper.database.Sql;
import dev.tollkeeper.http.DateParameters;
import dev.tollkeeper.team.TeamFinder;
import dev.tollkeeper.time.DateRange;
import dev.tollkeeper.time.ZoneIds;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes what was booked, used or billed into a file, all of it as of one moment. */
@Command(name = "export", description = {"Writes a team's ledger, usage events or bills into a file, all as of one moment.",
        "The file is there only when it is whole, and takes no other's place without --overwrite."}, mixinStandardHelpOptions = true)
@Dependent
class ExportTask implements AdminTask {
    private static final int ROWS_AT_ONCE = 1000;

    /** How a row is written. */
    enum Format {
        CSV,
        JSONL
    }

    @Option(names = "--team", required = true, paramLabel = "ID|NAME", description = "Whose.")
    private String team;

    @Option(names = "--what", required = true, description = "One of: ${COMPLETION-CANDIDATES}.")
    private Exported what;

    @Option(names = "--from", required = true, paramLabel = "YYYY-MM-DD", description = "From this day (UTC).")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "YYYY-MM-DD", description = "Until this day, without it.")
    private String to;

    @Option(names = "--format", defaultValue = "CSV", description = "One of: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} where left out.")
    private Format format;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to.")
    private Path out;

    @Option(names = "--overwrite", description = "In the place of a file that is there.")
    private boolean overwrite;

    private final Pool pool;
    private final ObjectMapper json;

    ExportTask(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    @Override
    public Uni<Outcome> run(Progress progress) {
        if (Files.exists(out) && !overwrite) {
            return Uni.createFrom().item(Outcome.refused(out + " is there already. Name another --out, or add --overwrite.",
                    Map.of("rows", 0)));
        }
        DateRange range = DateParameters.range(from, to, ZoneIds.UTC);
        return Snapshot.read(pool, connection -> TeamFinder.find(Sql.on(connection), team)
                .chain(found -> export(connection, Tuple.of(found, Columns.offset(range.start()), Columns.offset(range.end())),
                        progress)))
                .map(this::tell);
    }

    private Uni<Long> export(SqlConnection connection, Tuple arguments, Progress progress) {
        ExportFile file = ExportFile.begin(out, what.columns(), format == Format.CSV, json);
        return connection.preparedQuery(what.count()).execute(arguments)
                .invoke(rows -> progress.begin("Rows", rows.iterator().next().getLong(0)))
                .chain(() -> connection.prepare(what.query()))
                .onItem().transformToMulti(query -> query.createStream(ROWS_AT_ONCE, arguments).toMulti())
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .onItem().invoke(row -> {
                    file.write(cells(row.getDelegate()));
                    progress.step();
                })
                .collect().with(java.util.stream.Collectors.counting())
                .invoke(() -> file.finish(overwrite))
                .onFailure().invoke(file::abandon);
    }

    private List<Object> cells(Row row) {
        List<Object> cells = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            cells.add(cell(row.getValue(i)));
        }
        return cells;
    }

    /** Numbers as they are, without an exponent; times in UTC; what is JSON as it is. */
    private Object cell(Object value) {
        if (value == null || value == io.vertx.sqlclient.Tuple.JSON_NULL) {
            return null;
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof io.vertx.sqlclient.data.Numeric number) {
            return number.bigDecimalValue().toPlainString();
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant().toString();
        }
        if (value instanceof JsonObject object) {
            return format == Format.CSV ? object.encode() : object.getMap();
        }
        return value instanceof Number || value instanceof String ? value : text(value);
    }

    private static String text(Object value) {
        return value instanceof io.vertx.core.json.JsonArray ? Json.encode(value) : value.toString();
    }

    private Outcome tell(long rows) {
        return Outcome.done("%,d rows were written to %s.".formatted(rows, out), Map.of("rows", rows, "file", out.toString()));
    }
}
