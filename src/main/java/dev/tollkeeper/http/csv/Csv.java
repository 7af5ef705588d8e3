package dev.tollkeeper.http.csv;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Writes tables as CSV (RFC 4180): a header line, then the rows, each ended with CRLF. */
final class Csv {
    /** What a spreadsheet would take for a formula (OWASP, "CSV Injection"). Numbers are left as they are. */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private Csv() {
    }

    static void write(CsvTable table, Appendable to) throws IOException {
        CsvOutput output = new CsvOutput(to);
        output.row(table.csvHeader());
        for (List<?> row : (Iterable<List<?>>) table.csvRows()::iterator) {
            output.row(row);
        }
    }

    /** What stands in a cell. */
    static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        return FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }
}
