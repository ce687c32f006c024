package dev.retailcrm.core.imports;

import com.google.common.hash.Hashing;
import dev.retailcrm.core.kernel.RequestKey;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes the request keys of records. Stateless. */
final class RecordKey {
    /** Of the hash, 32 of its 64 digits: 128 bits. */
    private static final int DIGITS = 32;

    private RecordKey() {}

    /** The key of a record: by its own, in the column named, or by all that is in it. */
    static RequestKey of(String importName, ImportRecord record, @Nullable String column) throws FaultyValue {
        String prefix = "import/" + importName + "/";
        if (column != null) {
            return FaultyValue.required(record, column, key -> RequestKey.of(prefix + key));
        }
        return RequestKey.of(prefix + hash(record));
    }

    /** A hash of all that is in a record. */
    static String hash(ImportRecord record) {
        return Hashing.sha256()
                .hashString(record.content(), StandardCharsets.UTF_8)
                .toString()
                .substring(0, DIGITS);
    }
}
