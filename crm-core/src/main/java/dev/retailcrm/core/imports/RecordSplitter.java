package dev.retailcrm.core.imports;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a file into records and knows at which line and byte each begins. However long a line is or whatever a quote swallows, no more
 * than {@link ImportFile#MAX_RECORD} bytes are held. Not thread-safe.
 */
final class RecordSplitter implements AutoCloseable {
    private static final List<Byte> BYTE_ORDER_MARK = List.of((byte) 0xEF, (byte) 0xBB, (byte) 0xBF);
    private static final int END = -1;

    private final SeekableByteChannel channel;
    private final boolean quoting;
    private final char separator;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).limit(0);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private byte[] record = new byte[1 << 10];
    private long position;
    private long lines;

    RecordSplitter(ImportFile file) throws IOException {
        this.channel = Files.newByteChannel(file.path());
        this.quoting = file.format() == ImportFile.Format.CSV;
        this.separator = file.separator();
        for (byte expected : BYTE_ORDER_MARK) {
            if (read() != Byte.toUnsignedInt(expected)) {
                seek(0, 0);
                return;
            }
        }
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Goes to the beginning of a record. */
    void seek(long bytes, long linesBefore) throws IOException {
        channel.position(bytes);
        buffer.limit(0);
        position = bytes;
        lines = linesBefore;
    }

    /** The next record that is not empty; {@code null} at the end. */
    @Nullable
    RawRecord next() throws IOException {
        while (true) {
            RawRecord next = split();
            if (next == null || next.text() == null || !next.text().isEmpty()) {
                return next;
            }
        }
    }

    private @Nullable RawRecord split() throws IOException {
        long begin = position;
        long line = lines + 1;
        int size = 0;
        int firstBreak = -1;
        boolean inQuotes = false;
        boolean atStart = true;
        boolean tooLong = false;
        int next = read();
        if (next == END) {
            return null;
        }
        while (next != END) {
            if (next == '\n' || next == '\r') {
                if (!inQuotes) {
                    endLine(next);
                    break;
                }
                lines += next == '\n' ? 1 : 0;
                firstBreak = firstBreak < 0 && next == '\n' ? size : firstBreak;
            }
            if (size == ImportFile.MAX_RECORD) {
                if (firstBreak >= 0) {
                    return unclosed(begin, line, firstBreak);
                }
                tooLong = true;
                inQuotes = false;
            } else {
                size = append(size, next);
            }
            if (quoting && !tooLong) {
                if (next == '"' && (atStart || inQuotes)) {
                    inQuotes = !inQuotes;
                    // A doubled quote closes and opens again.
                    atStart = !inQuotes;
                } else {
                    atStart = !inQuotes && next == separator;
                }
            }
            next = read();
        }
        if (inQuotes && firstBreak >= 0) {
            return unclosed(begin, line, firstBreak);
        }
        if (next == END) {
            lines++;
        }
        if (tooLong) {
            return unreadable(
                    line, CoreError.INVALID_VALUE.because("the record is longer than %d bytes", ImportFile.MAX_RECORD));
        }
        return decoded(line, size);
    }

    private void endLine(int lineBreak) throws IOException {
        lines++;
        if (lineBreak == '\r' && fill() && buffer.get(buffer.position()) == '\n') {
            read();
        }
    }

    /** A quote that swallows the lines after it: only its own is refused, and those are read again. */
    private RawRecord unclosed(long begin, long line, int firstBreak) throws IOException {
        seek(begin + firstBreak + 1, line);
        return unreadable(
                line,
                CoreError.INVALID_VALUE.because("a quoted value is not closed within %d bytes", ImportFile.MAX_RECORD));
    }

    private RawRecord unreadable(long line, CrmException refusal) {
        return new RawRecord(line, null, new Fault(line, null, refusal), lines, position);
    }

    private RawRecord decoded(long line, int size) {
        ByteBuffer bytes = ByteBuffer.wrap(record, 0, size);
        CharBuffer text = CharBuffer.allocate(size);
        var result = decoder.reset().decode(bytes, text, true);
        text.flip();
        if (result.isError()) {
            String before = text.toString();
            long faulty = line + before.chars().filter(it -> it == '\n').count();
            String column = Integer.toString(before.length() - before.lastIndexOf('\n'));
            CrmException refusal = CoreError.INVALID_VALUE.because("the line is not UTF-8");
            return new RawRecord(line, null, new Fault(faulty, column, refusal), lines, position);
        }
        return new RawRecord(line, text.toString(), null, lines, position);
    }

    private int append(int size, int next) {
        if (size == record.length) {
            record = Arrays.copyOf(record, Math.min(2 * size, ImportFile.MAX_RECORD));
        }
        record[size] = (byte) next;
        return size + 1;
    }

    private int read() throws IOException {
        if (!fill()) {
            return END;
        }
        position++;
        return Byte.toUnsignedInt(buffer.get());
    }

    private boolean fill() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        buffer.clear();
        int read = channel.read(buffer);
        buffer.flip();
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
