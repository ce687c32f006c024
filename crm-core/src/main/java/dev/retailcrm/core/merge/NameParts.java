package dev.retailcrm.core.merge;

import dev.retailcrm.core.customer.PersonName;
import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * Given and family name, guessed where only the whole name is known: Chinese, Japanese and Korean names start with the family name,
 * of one character unless it is a known double one; a comma ends it; in other scripts it is the last word. A wrong guess is
 * a swap, which comparing forgives. Personal data. Immutable.
 */
record NameParts(String given, String family) {
    private static final Set<String> DOUBLE_FAMILY_NAMES = Set.of(
            "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "令狐", "慕容", "司徒", "夏侯",
            "独孤", "獨孤", "南宫", "南宮", "端木", "轩辕", "軒轅", "长孙", "長孫", "宇文", "呼延", "闻人", "聞人", "남궁", "황보", "제갈", "선우", "독고");

    static NameParts of(PersonName name) {
        if (name.given() != null || name.family() != null) {
            return new NameParts(name.givenName().orElse(""), name.familyName().orElse(""));
        }
        String display = name.display();
        int comma = display.indexOf(',');
        if (comma >= 0) {
            return new NameParts(display.substring(comma + 1), display.substring(0, comma));
        }
        int blank = display.lastIndexOf(' ');
        boolean familyFirst = isFamilyFirst(display);
        if (blank < 0 && familyFirst) {
            return unspaced(display);
        }
        if (blank < 0) {
            return new NameParts(display, "");
        }
        return familyFirst
                ? new NameParts(display.substring(display.indexOf(' ')), display.substring(0, display.indexOf(' ')))
                : new NameParts(display.substring(0, blank), display.substring(blank));
    }

    private static NameParts unspaced(String display) {
        int length = display.codePointCount(0, display.length());
        boolean twofold = length > 2 && DOUBLE_FAMILY_NAMES.contains(display.substring(0, 2));
        int cut = twofold ? 2 : display.offsetByCodePoints(0, 1);
        return new NameParts(display.substring(cut), display.substring(0, cut));
    }

    private static boolean isFamilyFirst(String display) {
        UnicodeScript script = UnicodeScript.of(display.codePointAt(0));
        return script == UnicodeScript.HAN || script == UnicodeScript.HANGUL;
    }
}
