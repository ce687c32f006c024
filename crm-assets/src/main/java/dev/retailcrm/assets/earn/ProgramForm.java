package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.definition.Definitions;

/** How programs are kept. Stateless. */
enum ProgramForm implements Definitions.Form<EarningProgram> {
    STANDARD;

    @Override
    public String key(EarningProgram program) {
        return program.key();
    }

    @Override
    public long version(EarningProgram program) {
        return program.version();
    }

    @Override
    public EarningProgram at(EarningProgram program, long version, boolean retired) {
        return program.at(version, retired);
    }

    @Override
    public String json(EarningProgram program) {
        return program.toJson();
    }

    @Override
    public EarningProgram parse(String json) {
        return EarningProgram.parse(json);
    }
}
