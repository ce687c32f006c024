package dev.retailcrm.assets.ledger;

import com.google.common.base.Splitter;
import java.util.List;

/**
 * What a merge moved of one asset, as its receipt tells.
 *
 * @param out the entry by which it left the merged customer's account
 * @param in the entry by which it came into the survivor's
 */
record MergedAsset(Asset asset, long out, long in) {
    static List<MergedAsset> parse(String receipt) {
        return Splitter.on(';')
                .omitEmptyStrings()
                .splitToStream(receipt)
                .map(one -> Splitter.on(' ').splitToList(one))
                .map(one -> new MergedAsset(
                        Asset.parse(one.get(0)), Long.parseLong(one.get(1)), Long.parseLong(one.get(2))))
                .toList();
    }
}
