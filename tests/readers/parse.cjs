// Parses a feed document on standard input: node parse.cjs rss-parser|feedsmith
// Prints a JSON array of {id, title, text, link, published, updated}.
const Parser = require("rss-parser");
const { parseFeed } = require("feedsmith");

const read = () => require("fs").readFileSync(0, "utf8");

async function withRssParser(document) {
  const parser = new Parser();
  const feed = await parser.parseString(document);
  return feed.items.map((item) => ({
    id: item.guid || item.id,
    title: item.title,
    text: item.summary || item.contentSnippet,
    link: item.link,
    published: item.isoDate,
  }));
}

function withFeedsmith(document) {
  const { format, feed } = parseFeed(document);
  switch (format) {
    case "rss":
      return feed.items.map((item) => ({
        id: item.guid.value, title: item.title, text: item.description,
        link: item.link, published: item.pubDate,
      }));
    case "atom":
      return feed.entries.map((entry) => ({
        id: entry.id, title: entry.title.value ?? entry.title,
        text: entry.summary?.value ?? entry.summary,
        link: entry.links.find((link) => !link.rel || link.rel === "alternate").href,
        published: entry.published,
      }));
    default:
      return feed.items.map((item) => ({
        id: item.id, title: item.title, text: item.content_text,
        link: item.url, published: item.date_published,
      }));
  }
}

const parsers = { "rss-parser": withRssParser, feedsmith: withFeedsmith };
Promise.resolve(parsers[process.argv[2]](read())).then(
  (items) => console.log(JSON.stringify(items)),
  (error) => { console.error(error); process.exit(1); },
);
