package dev.retailcrm.tags;

/** What can become of a customer's tag. */
public enum TagAct {
    /** She got it. */
    ASSIGNED("tag.assigned"),
    /** She has it, with another value or end. */
    CHANGED("tag.changed"),
    /** It was taken from her. */
    REMOVED("tag.removed"),
    /** It was taken from her because she got another of an exclusive group. */
    REPLACED("tag.removed"),
    /** Its time was over. */
    EXPIRED("tag.removed"),
    /** That it was taken away by hand counts for rules no more. */
    LIFTED("tag.lifted"),
    /** It became another tag, because the two were merged: as the old one. */
    LEFT("tag.removed"),
    /** It became another tag, because the two were merged: as the new one. */
    MOVED("tag.assigned"),
    /** It went to the customer she was merged into. */
    GIVEN("tag.removed"),
    /** She has it from a customer who was merged into her. */
    INHERITED("tag.assigned"),
    /** It went back with a customer who is merged into her no more. */
    RETURNED("tag.removed"),
    /** She has it back, since she is merged no more. */
    RESTORED("tag.assigned"),
    /** What a batch did was taken back. */
    UNDONE("tag.changed");

    private final String eventType;

    TagAct(String eventType) {
        this.eventType = eventType;
    }

    /** The type of its event. */
    public String eventType() {
        return eventType;
    }
}
