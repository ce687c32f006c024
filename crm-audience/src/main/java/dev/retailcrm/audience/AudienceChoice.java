package dev.retailcrm.audience;

/** What was said of a customer by hand, whatever rule, lists, exclusion audiences and limit say. */
public enum AudienceChoice {
    /** She is in. */
    IN,
    /** She is out. */
    OUT
}
