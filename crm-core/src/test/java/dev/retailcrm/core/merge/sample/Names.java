package dev.retailcrm.core.merge.sample;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Words made of syllables, few of them common and most rare, as names are. */
final class Names {
    private static final List<String> HEADS = List.of(
            "b", "br", "c", "d", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "ph", "r", "s", "st", "t", "th",
            "v", "w");
    private static final List<String> VOWELS = List.of("a", "e", "i", "o", "u", "ai", "ee", "ie", "ou");
    private static final List<String> TAILS = List.of("", "n", "r", "l", "s", "ck", "nd", "t", "m");
    private static final String HAN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红鑫宇浩婷雪琳晨阳博文欣怡子涵梓轩雨泽思远佳慧志鹏";
    private static final String HAN_FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾";

    private static final double FLATNESS = 20;

    private final Random random;
    private final List<String> words;

    private Names(Random random, List<String> words) {
        this.random = random;
        this.words = words;
    }

    static Names latin(Random random, int count, int syllables) {
        return new Names(
                random,
                IntStream.range(0, count)
                        .mapToObj(it -> word(random, syllables))
                        .distinct()
                        .toList());
    }

    static Names chineseGiven(Random random) {
        List<String> characters = HAN.codePoints().mapToObj(Character::toString).toList();
        return new Names(
                random,
                characters.stream()
                        .flatMap(first ->
                                characters.stream().map(second -> first.equals(second) ? first : first + second))
                        .toList());
    }

    static Names chineseFamilies(Random random) {
        return new Names(
                random, HAN_FAMILIES.codePoints().mapToObj(Character::toString).toList());
    }

    /** The n-th word about as often as one over n + 20: the first ones have a percent or two each. */
    String common() {
        double rank = FLATNESS * (Math.exp(random.nextDouble() * Math.log1p(words.size() / FLATNESS)) - 1);
        return words.get((int) Math.min(words.size() - 1.0, rank));
    }

    /** Any word as likely as another. */
    String any() {
        return words.get(random.nextInt(words.size()));
    }

    private static String word(Random random, int syllables) {
        var word = new StringBuilder();
        int count = syllables + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            word.append(pick(random, HEADS)).append(pick(random, VOWELS));
        }
        return word.append(pick(random, TAILS)).toString();
    }

    private static String pick(Random random, List<String> parts) {
        return parts.get(random.nextInt(parts.size()));
    }
}
