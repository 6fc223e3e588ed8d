package dev.sluice.migrations.engine;

import dev.sluice.migrations.engine.Engine.Reading;

/** Compares changelog and ledger, and changes nothing. */
final class Look {
  private Look() {}

  static Status at(Reading reading) {
    return switch (reading) {
      case Reading.Unreadable(var failure) -> new Status.Unknown(failure);
      case Reading.Read(var engine) -> known(engine);
    };
  }

  private static Status known(Engine engine) {
    try {
      var objection = engine.objection();
      if (objection.isPresent()) {
        return new Status.Unknown(objection.get());
      }
      var pending = engine.pending();
      return new Status.Known(pending.total(), pending.names());
    } catch (Exception e) {
      return new Status.Unknown(engine.failure(e));
    } finally {
      engine.close();
    }
  }
}
