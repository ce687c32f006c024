package dev.retailcrm.assets.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.assets.code.CodeHashes;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GiftCardCodePropertyTest {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @Property
    void is_read_back_however_it_was_typed(@ForAll long seed) {
        var code = drawn(seed);
        String shown = code.reveal();

        assertThat(GiftCardCode.parse(shown)).isEqualTo(code);
        assertThat(GiftCardCode.parse(shown.replace("-", ""))).isEqualTo(code);
        assertThat(GiftCardCode.parse(" " + shown.toLowerCase(Locale.ROOT).replace('-', ' ')))
                .isEqualTo(code);
        assertThat(GiftCardCode.parse(shown.replace('0', 'O').replace('1', 'l')))
                .isEqualTo(code);
        assertThat(GiftCardCode.parse(shown.replace('0', 'o').replace('1', 'I')))
                .isEqualTo(code);
    }

    @Property
    void any_wrong_character_is_found(
            @ForAll long seed, @ForAll @IntRange(max = 15) int place, @ForAll @IntRange(min = 1, max = 31) int by) {
        var characters = new StringBuilder(drawn(seed).characters());
        int value = ALPHABET.indexOf(characters.charAt(place));

        characters.setCharAt(place, ALPHABET.charAt((value + by) % 32));

        assertMalformed(characters.toString());
    }

    @Property
    void any_exchange_of_two_characters_is_found(
            @ForAll long seed, @ForAll @IntRange(max = 15) int one, @ForAll @IntRange(max = 15) int other) {
        var characters = new StringBuilder(drawn(seed).characters());
        char first = characters.charAt(one);
        char second = characters.charAt(other);
        Assume.that(first != second);

        characters.setCharAt(one, second);
        characters.setCharAt(other, first);

        assertMalformed(characters.toString());
    }

    @Property
    void any_other_text_is_refused_without_showing_it(@ForAll String text) {
        Assume.that(text.length() != GiftCardCode.LENGTH);

        assertMalformed(text);
    }

    @Property
    void only_the_last_four_characters_are_shown(@ForAll long seed) {
        var code = drawn(seed);

        assertThat(code).hasToString("****-****-****-" + code.reveal().substring(15));
    }

    @Example
    void is_found_by_a_hash_that_differs_by_tenant_and_pepper() {
        var code = drawn(1);
        var acme = TenantId.of("acme");
        byte[] old = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        byte[] pepper = "fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
        var hashes = CodeHashes.keyed(pepper, old, new byte[0]);

        assertThat(hashes.all(CodeLookup.KIND, acme, code.characters()))
                .hasSize(3)
                .startsWith(hashes.newest(CodeLookup.KIND, acme, code.characters()))
                .contains(CodeHashes.keyed(old).newest(CodeLookup.KIND, acme, code.characters()))
                .endsWith(CodeHashes.PLAIN.newest(CodeLookup.KIND, acme, code.characters()))
                .doesNotHaveDuplicates()
                .doesNotContain(hashes.newest(CodeLookup.KIND, TenantId.of("other"), code.characters()))
                .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    }

    @Example
    void a_short_pepper_is_refused() {
        assertThatThrownBy(() -> CodeHashes.keyed(new byte[15])).isInstanceOf(CrmException.class);
    }

    private static GiftCardCode drawn(long seed) {
        return GiftCardCode.draw(new SplittableRandom(seed));
    }

    private static void assertMalformed(String entered) {
        assertThatThrownBy(() -> GiftCardCode.parse(entered)).isInstanceOfSatisfying(CrmException.class, e -> {
            assertThat(e.code()).isEqualTo(AssetError.MALFORMED_CODE);
            assertThat(List.of(entered))
                    .noneMatch(it ->
                            it.length() > 3 && String.valueOf(e.getMessage()).contains(it));
        });
    }
}
