package dev.sluice.operator.faults;

import java.util.Random;

/** What a person does. */
enum UserAction {
  ANOTHER_REVISION,
  ANOTHER_HOST,
  POD_LABEL,
  SUSPEND,
  RESUME,
  RETRY,
  DELETE,
  AGAIN;

  static UserAction any(Random random) {
    return values()[random.nextInt(values().length)];
  }

  /** The wish that comes of it; the same when it is no wish. */
  DesiredSpec of(DesiredSpec wish, Random random) {
    return switch (this) {
      case ANOTHER_REVISION -> wish.revision("" + (1 + random.nextInt(4)));
      case ANOTHER_HOST -> wish.host(random.nextBoolean() ? "db.example" : "other.example");
      case POD_LABEL -> wish.label("l" + random.nextInt(1000));
      case SUSPEND -> wish.suspend(true);
      case RESUME -> wish.suspend(false);
      case RETRY, DELETE, AGAIN -> wish;
    };
  }
}
