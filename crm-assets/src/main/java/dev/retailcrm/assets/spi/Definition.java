package dev.retailcrm.assets.spi;

/**
 * One version of something a tenant defined. Immutable.
 *
 * @param key 1 to 40 printable ASCII characters, unique among those of its kind
 * @param version counts changes from 1
 * @param retired whether it is in use no more
 * @param json its canonical form, at most 1,048,576 bytes
 */
public record Definition(DefinitionKind kind, String key, long version, boolean retired, String json) {}
