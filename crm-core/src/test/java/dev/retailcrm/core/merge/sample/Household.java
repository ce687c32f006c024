package dev.retailcrm.core.merge.sample;

import dev.retailcrm.core.merge.PersonField;
import java.util.Map;

/** Where people live together, and what they share there. */
record Household(String family, Map<PersonField, String> place, String landline) {}
