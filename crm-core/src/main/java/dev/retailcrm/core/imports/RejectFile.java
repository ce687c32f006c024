package dev.retailcrm.core.imports;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.retailcrm.core.kernel.CrmException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rejects to their file, or nowhere. Not thread-safe. */
final class RejectFile implements AutoCloseable {
    private final @Nullable FileChannel channel;

    private RejectFile(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /** Opens the file and cuts off what was written behind a length. */
    static RejectFile open(@Nullable Path path, long length) throws IOException {
        if (path == null) {
            return new RejectFile(null);
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        RejectFile file = new RejectFile(channel);
        channel.truncate(length);
        channel.position(channel.size());
        if (channel.size() == 0) {
            file.write(List.of(List.of("line", "column", "code", "message")));
        }
        return file;
    }

    void add(List<Fault> faults) throws IOException {
        write(faults.stream().map(RejectFile::row).toList());
    }

    private static List<String> row(Fault fault) {
        CrmException refusal = fault.refusal();
        String column = fault.column();
        return List.of(
                Long.toString(fault.line()),
                column == null ? "" : column,
                refusal.code().id(),
                String.valueOf(refusal.getMessage())
                        .substring(refusal.code().id().length() + 1));
    }

    private void write(List<List<String>> rows) throws IOException {
        if (channel == null || rows.isEmpty()) {
            return;
        }
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            rows.forEach(csv::writeRecord);
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    long length() throws IOException {
        return channel == null ? 0 : channel.size();
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
