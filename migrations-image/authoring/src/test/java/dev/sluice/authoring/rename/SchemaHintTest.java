package dev.sluice.authoring.rename;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.authoring.catalog.ObjectName;
import dev.sluice.authoring.rename.Rename.Kind;
import org.junit.jupiter.api.Test;

class SchemaHintTest {
  private static final Rename MAIL = column("customers", "email", "mail");
  private static final Rename OTHER = column("orders", "email", "mail");

  @Test
  void aHintStandsBesideTheLineOrBeforeIt() {
    assertThat(isAbout("create table customers (\n  mail text -- sluice:renamed from=email\n);"))
        .isTrue();
    assertThat(isAbout("create table customers (\n-- sluice:renamed from=email\n mail text);"))
        .isTrue();
  }

  @Test
  void aHintIsOfItsOwnTableAlone() {
    var hints =
        SchemaHint.in("create table orders (\n  mail text -- sluice:renamed from=email\n);");
    assertThat(hints).anyMatch(hint -> hint.isAbout(OTHER)).noneMatch(hint -> hint.isAbout(MAIL));
  }

  @Test
  void aHintOfAnotherNameSaysNothing() {
    assertThat(isAbout("create table customers (\n  fax text -- sluice:renamed from=email\n);"))
        .isFalse();
    assertThat(isAbout("create table customers (\n  mail text -- sluice:renamed from=fax\n);"))
        .isFalse();
    assertThat(isAbout("create table customers (\n  mail text -- renamed from email\n);"))
        .isFalse();
  }

  @Test
  void aTableIsNamedInTheLineThatMakesIt() {
    var rename =
        new Rename(
            Kind.TABLE, ObjectName.of("public", "clients"), ObjectName.of("public", "customers"));
    assertThat(SchemaHint.in("create table customers ( -- sluice:renamed from=clients\n id int);"))
        .anyMatch(hint -> hint.isAbout(rename));
  }

  @Test
  void namesAreQuotedWhereTheyHaveToBe() {
    var rename = column("Order", "Unit Price", "Price");
    assertThat(
            SchemaHint.in(
                """
                create table "Order" (
                  "Price" int -- sluice:renamed from="Unit Price"
                );
                """))
        .anyMatch(hint -> hint.isAbout(rename));
  }

  private static boolean isAbout(String schema) {
    return SchemaHint.in(schema).stream().anyMatch(hint -> hint.isAbout(MAIL));
  }

  private static Rename column(String table, String from, String to) {
    return new Rename(
        Kind.COLUMN, ObjectName.of("public", table, from), ObjectName.of("public", table, to));
  }
}
