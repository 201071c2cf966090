// The configuration of the Eleventy project that `scripts/bench build` writes.
const longDate = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

const by = (items, key) => Object.fromEntries(items.map((item) => [item.data[key], item]));
const grouped = (items, key) => {
  const groups = {};
  for (const item of items) (groups[item.data[key]] ??= []).push(item);
  return groups;
};
const facts = ({ data }) => ({
  id: data.id, slug: data.site_slug, name: data.name, tagline: data.tagline,
  description: data.description, keywords: data.keywords, priority: data.priority,
  owner: data.owner, trademark: data.trademark,
  license: { tier: data.license.tier, expires: day(data.license.expires) },
  accent: data.accent, domain: null, contact: {},
});
const day = (value) => new Date(value).toISOString().slice(0, 10);
const pagesOf = (site, collections) => (collections.answers_by_brand[site.data.id] ?? [])
  .map(({ data }) => ({ title: data.title, file: data.file }));

export default function (config) {
  const below = (folder) => (api) => api.getFilteredByGlob(`./src/${folder}/**/*.md`);
  config.addCollection("brands", below("brands"));
  config.addCollection("sectors", below("sectors"));
  config.addCollection("brands_by_id", (api) => by(below("brands")(api), "id"));
  config.addCollection("sectors_by_id", (api) => by(below("sectors")(api), "id"));
  config.addCollection("brands_by_sector", (api) => grouped(below("brands")(api), "sector"));
  config.addCollection("answers_by_brand", (api) => grouped(below("answers")(api), "brand"));

  config.addFilter("first", (items, count) => items.slice(0, count));
  config.addFilter("beside", (items, site) =>
    items.slice(0, 5).filter((item) => item.data.id !== site.data.id).slice(0, 4));
  config.addFilter("first_upper", (text) => text[0].toUpperCase() + text.slice(1));
  config.addFilter("long_date", (value) => longDate.format(new Date(value)));
  config.addFilter("summary", (text) => {
    const paragraph = text.split("\n\n").find((part) => part.trim() && !part.startsWith("#"));
    return `${(paragraph ?? "").replace(/[*_`]/g, "").slice(0, 150)}…`;
  });
  config.addFilter("config", (site, collections) => JSON.stringify({
    version: 1,
    brand: {
      ...facts(site), plain_name: site.data.plain_name, initials: site.data.initials, links: [],
      template: site.data.template,
    },
    sector: { id: site.data.sector, name: collections.sectors_by_id[site.data.sector].data.name },
    template: { id: site.data.template, version: "1.0.0", settings: {} },
    pages: pagesOf(site, collections),
  }, null, 2));
  config.addFilter("api", (site, collections) => JSON.stringify({
    version: 1, ...facts(site), sector: site.data.sector,
    template: { id: site.data.template, name: site.data.template }, links: {}, logo: null,
    url: `sites/${site.data.site_slug}/index.html`, pages: pagesOf(site, collections),
  }));
  config.addPassthroughCopy({ static: "/" });
  return { dir: { input: "src", output: "_site" }, markdownTemplateEngine: false };
}
