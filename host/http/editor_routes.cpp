// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/http/editor_routes.hpp"

#include "host/http/content_coding.hpp"
#include "host/http/entity_tag.hpp"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace penstock::host::http
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

void protect(response& made)
{
    made.headers.add("Content-Security-Policy", policy);
    made.headers.add("X-Content-Type-Options", "nosniff");
    made.headers.add("Referrer-Policy", "no-referrer");
    made.headers.add("Cross-Origin-Opener-Policy", "same-origin");
    made.headers.add("Cross-Origin-Resource-Policy", "same-origin");
}

/// Answers with one file: as it is packed, or unpacked for who does not take gzip.
response show(const request& asked, const editor_file& file)
{
    const std::string tag = entity_tag(file.packed);
    response made{.status = 200, .headers = {}, .body = std::string(file.packed)};
    made.headers.add("Content-Type", media_type_of(file.path));
    made.headers.add("Cache-Control", file.path.starts_with(assets)
                                          ? "public, max-age=31536000, immutable"
                                          : "no-cache");
    made.headers.add("ETag", tag);
    made.headers.add("Vary", "Accept-Encoding");
    protect(made);
    if (asked.headers.value("If-None-Match") == tag)
    {
        made.status = 304;
        made.body.clear();
    }
    else if (accepts_gzip(asked.headers))
        made.headers.add("Content-Encoding", "gzip");
    else
    {
        auto plain = decode_content("gzip", std::move(made.body), limits{});
        if (plain.has_error())
            return response::problem(500, {}, "the editor in this program is damaged");
        made.body = *std::move(plain);
    }
    return made;
}

response show_notice()
{
    response made{.status = 200, .headers = {}, .body = std::string(notice)};
    made.headers.add("Content-Type", "text/html; charset=utf-8");
    made.headers.add("Cache-Control", "no-cache");
    protect(made);
    return made;
}

} // namespace

void add_editor_routes(router& table, std::string_view pack)
{
    using file_map = std::map<std::string, editor_file, std::less<>>;
    const auto files = std::make_shared<file_map>();
    for (editor_file& each : read_pack(pack))
        files->emplace(each.path, each);

    table.add({.method = "GET",
               .path = "/",
               .summary = "Shows the editor.",
               .answers = {{200, "the page"}, {304, "unchanged"}},
               .act = at_once(
                   [files](const request& asked, const path_arguments&)
                   {
                       const auto found = files->find("index.html");
                       return found == files->end() ? show_notice() : show(asked, found->second);
                   })});
    if (files->empty())
        return;
    for (const auto& [path, file] : *files)
        if (path != "index.html" && !path.starts_with(assets))
            table.add({.method = "GET",
                       .path = "/" + path,
                       .summary = "Shows a part of the editor.",
                       .answers = {{200, "the file"}, {304, "unchanged"}},
                       .act = at_once([file = file](const request& asked, const path_arguments&)
                                      { return show(asked, file); })});
    table.add(
        {.method = "GET",
         .path = "/assets/{file}",
         .summary = "Shows a part of the editor; it never changes under the same name.",
         .answers = {{200, "the file"}, {304, "unchanged"}, {404, "no such file"}},
         .act = at_once(
             [files](const request& asked, const path_arguments& path)
             {
                 const auto found = files->find(std::string(assets) + std::string(path["file"]));
                 return found == files->end()
                            ? response::problem(404, {}, "there is no such file in the editor")
                            : show(asked, found->second);
             })});
}

} // namespace penstock::host::http
