package dev.sluice.authoring.cli;

import dev.sluice.authoring.generate.Generated;
import dev.sluice.migrations.report.Exit;

/** Where what came of it goes. */
interface GeneratedOutput {
  void print(Generated generated);

  static Exit exit(Generated generated) {
    return switch (generated) {
      case Generated.NoChange _, Generated.Migrations _ -> Exit.SUCCESS;
      case Generated.Open _, Generated.Lossy _ -> Exit.REFUSED;
      case Generated.Failed failed -> failed.exit();
    };
  }
}
