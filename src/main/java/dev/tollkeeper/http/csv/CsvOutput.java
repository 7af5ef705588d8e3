package dev.tollkeeper.http.csv;

import java.io.IOException;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** CSV (RFC 4180) that is written row by row; no cell is a formula to a spreadsheet. */
public final class CsvOutput {
    private final CSVPrinter printer;

    /** Begins it; nothing is written yet. */
    public CsvOutput(Appendable to) throws IOException {
        printer = new CSVPrinter(to, CSVFormat.RFC4180);
    }

    /** Writes a row, the header among them. */
    public void row(List<?> cells) throws IOException {
        for (Object cell : cells) {
            printer.print(Csv.cell(cell));
        }
        printer.println();
    }
}
