export default {
  dialect: 'postgresql',
  out: process.env.FOLDER,
  dbCredentials: { url: process.env.DATABASE_URL },
}
