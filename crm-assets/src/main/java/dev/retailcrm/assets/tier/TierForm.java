package dev.retailcrm.assets.tier;

import dev.retailcrm.assets.definition.Definitions;

/** How programs are kept. Stateless. */
enum TierForm implements Definitions.Form<TierProgram> {
    STANDARD;

    @Override
    public String key(TierProgram program) {
        return program.key();
    }

    @Override
    public long version(TierProgram program) {
        return program.version();
    }

    @Override
    public TierProgram at(TierProgram program, long version, boolean retired) {
        return program.at(version, retired);
    }

    @Override
    public String json(TierProgram program) {
        return program.toJson();
    }

    @Override
    public TierProgram parse(String json) {
        return TierProgram.parse(json);
    }
}
