// node migrate.mjs 0|1 FOLDER: what drizzle-orm's own migrator does, on the database of libpq's variables
const [version, migrationsFolder] = process.argv.slice(2);
const { drizzle } = await import(`drizzle-orm-${version}/node-postgres`);
const { migrate } = await import(`drizzle-orm-${version}/node-postgres/migrator`);
const { default: pg } = await import("pg");
const client = new pg.Client();
await client.connect();
await migrate(drizzle({ client }), { migrationsFolder });
await client.end();
