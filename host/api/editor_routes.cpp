// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/editor_routes.hpp"

#include "host/api/entity_tag.hpp"
#include "host/api/product_info.hpp"
#include "host/net/content/content_coding.hpp"

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::api
{

namespace
{

constexpr std::string_view notice = R"(<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Penstock</title></head>
<body>
<h1>Penstock</h1>
<p>The host is running. It was built without the editor: node 18 or later and npm were missing when
it was built, or npm could not fetch its packages.</p>
<ul>
<li><a href="/api/graphs">Graphs</a></li>
<li><a href="/api/components">Components</a></li>
<li><a href="/api/dead-letters">Dead letters</a></li>
<li><a href="/readyz">Readiness</a></li>
<li><a href="/metrics">Metrics</a></li>
<li><a href="/openapi.json">Description of all routes</a></li>
</ul>
</body>
</html>
)";

// What the page may do: its own scripts, styles, fonts and calls, and nothing from anywhere else.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

constexpr std::string_view assets = "assets/";

std::string_view media_type_of(std::string_view path)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> known{
        {{".html", "text/html; charset=utf-8"},
         {".js", "text/javascript; charset=utf-8"},
         {".css", "text/css; charset=utf-8"},
         {".svg", "image/svg+xml"},
         {".woff2", "font/woff2"},
         {".json", "application/json"}}};
    for (const auto& [ending, type] : known)
        if (path.ends_with(ending))
            return type;
    return "application/octet-stream";
}

void protect(http::response& made)
{
    made.headers.add("Content-Security-Policy", policy);
    made.headers.add("X-Content-Type-Options", "nosniff");
    made.headers.add("Referrer-Policy", "no-referrer");
    made.headers.add("Cross-Origin-Opener-Policy", "same-origin");
    made.headers.add("Cross-Origin-Resource-Policy", "same-origin");
}

/// Gives a file of the editor, packed, by its path; nothing if there is none.
using file_finder = std::function<std::optional<std::string>(std::string_view path)>;

/// Answers with one file: packed, or unpacked for a client that does not accept gzip.
http::response show(const http::request& asked, std::string_view path, std::string packed)
{
    const std::string tag = entity_tag(packed);
    http::response made{.status = 200, .headers = {}, .body = std::move(packed)};
    made.headers.add("Content-Type", media_type_of(path));
    made.headers.add("Cache-Control",
                     path.starts_with(assets) ? "public, max-age=31536000, immutable" : "no-cache");
    made.headers.add("ETag", tag);
    made.headers.add("Vary", "Accept-Encoding");
    protect(made);
    if (asked.headers.value("If-None-Match") == tag)
    {
        made.status = 304;
        made.body.clear();
    }
    else if (http::accepts_gzip(asked.headers))
        made.headers.add("Content-Encoding", "gzip");
    else
    {
        auto plain = http::decode_content("gzip", std::move(made.body), http::limits{});
        if (plain.has_error())
            return http::response::problem(500, {}, "the editor in this program is damaged");
        made.body = *std::move(plain);
    }
    return made;
}

http::response show_notice()
{
    http::response made{.status = 200, .headers = {}, .body = std::string(notice)};
    made.headers.add("Content-Type", "text/html; charset=utf-8");
    made.headers.add("Cache-Control", "no-cache");
    protect(made);
    return made;
}

http::response show_or_miss(const http::request& asked, const file_finder& find,
                            const std::string& path)
{
    std::optional<std::string> found = find(path);
    return found ? show(asked, path, *std::move(found))
                 : http::response::problem(404, {}, "there is no such file in the editor");
}

void add_index(router& table, action act)
{
    table.add({.method = "GET",
               .path = "/",
               .needs = access::open(),
               .summary =
                   "Shows the editor; to clients of Elasticsearch and OpenSearch, the version "
                   "of what they talk to.",
               .answers = {{200, "the page, or the version as JSON"}, {304, "unchanged"}},
               .audience = http::audience::visitors,
               .act = [act = std::move(act)](http::request& asked, const path_arguments& path,
                                             const http::reply& give)
               {
                   if (asks_for_product(asked))
                       give(product_info());
                   else
                       act(asked, path, give);
               }});
}

/// Makes an action of what a route answers.
using run = std::function<action(answering)>;

/// Adds the routes of a page; `beside` are the files beside its index.
void add_page(router& table, const file_finder& find, const std::vector<std::string>& beside,
              const run& act)
{
    add_index(table, act([find](const http::request& asked, const path_arguments&)
                         { return show_or_miss(asked, find, "index.html"); }));
    for (const std::string& path : beside)
        if (path != "index.html" && !path.starts_with(assets))
            table.add({.method = "GET",
                       .path = "/" + path,
                       .needs = access::open(),
                       .summary = "Shows a part of the editor.",
                       .answers = {{200, "the file"}, {304, "unchanged"}},
                       .audience = http::audience::visitors,
                       .act = act([find, path](const http::request& asked, const path_arguments&)
                                  { return show_or_miss(asked, find, path); })});
    table.add({.method = "GET",
               .path = "/assets/{file}",
               .needs = access::open(),
               .summary = "Shows a part of the editor; it never changes under the same name.",
               .answers = {{200, "the file"}, {304, "unchanged"}, {404, "no such file"}},
               .audience = http::audience::visitors,
               .act = act(
                   [find](const http::request& asked, const path_arguments& path) {
                       return show_or_miss(asked, find,
                                           std::string(assets) + std::string(path["file"]));
                   })});
}

} // namespace

void add_editor_routes(router& table, std::string_view pack)
{
    std::map<std::string, std::string_view, std::less<>> files;
    std::vector<std::string> paths;
    for (const editor_file& each : read_pack(pack))
    {
        files.emplace(each.path, each.packed);
        paths.push_back(each.path);
    }
    if (!files.contains("index.html"))
        return add_index(table, at_once([](const http::request&, const path_arguments&)
                                        { return show_notice(); }));
    const file_finder find = [files = std::move(files)](std::string_view path)
    {
        const auto found = files.find(path);
        return found == files.end() ? std::optional<std::string>() : std::string(found->second);
    };
    add_page(table, find, paths, at_once);
}

void add_editor_folder(router& table, const std::filesystem::path& folder, background_pool& disk)
{
    const file_finder find = [folder](std::string_view path) { return read_page(folder, path); };
    add_page(table, find, list_page(folder),
             [&disk](answering answer) { return in_background(disk, std::move(answer)); });
}

} // namespace penstock::host::api
