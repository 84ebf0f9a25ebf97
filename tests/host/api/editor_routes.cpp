// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/editor_routes.hpp"

#include "host/net/content/content_coding.hpp"
#include "tests/host/net/awaited_answer.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(editor_routes)

namespace api = penstock::host::api;
namespace http = penstock::host::http;

namespace
{

http::response ask(const api::router& table, const std::string& path,
                   const std::vector<std::pair<std::string, std::string>>& headers = {})
{
    http::request asked;
    asked.method = "GET";
    asked.target = path;
    for (std::size_t at = 1; at < path.size();)
    {
        const std::size_t end = std::min(path.find('/', at), path.size());
        asked.path.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    for (const auto& [name, value] : headers)
        asked.headers.add(name, value);
    if (auto refused = table.screen(asked))
        return *std::move(refused);
    http::testing::awaited_answer waiting;
    table.route(asked, waiting.to());
    return waiting.wait();
}

/// A table with a small page, as host/editor/pack.mjs would pack it.
class small_page
{
public:
    small_page()
    {
        const std::vector<std::pair<std::string, std::string>> files{
            {"assets/app-1a2b.js", "let text = 'the page';"},
            {"index.html", "<!doctype html><title>Penstock</title>"},
            {"theme.js", "light();"}};
        std::string contents;
        for (const auto& [path, text] : files)
        {
            const std::string packed = http::gzip(text);
            pack_ += path + ' ' + std::to_string(packed.size()) + '\n';
            contents += packed;
        }
        pack_ += '\n' + contents;
        api::add_editor_routes(table_, pack_);
    }

    http::response ask(const std::string& path,
                       const std::vector<std::pair<std::string, std::string>>& headers = {})
    {
        return editor_routes::ask(table_, path, headers);
    }

private:
    std::string pack_;
    api::router table_;
};

/// A folder with a page, gone with the object.
class page_folder
{
public:
    page_folder()
    {
        std::string pattern = std::filesystem::temp_directory_path() / "penstock-page-XXXXXX";
        path_ = ::mkdtemp(pattern.data());
        std::filesystem::create_directory(path_ / "assets");
        write("index.html", "first");
        write("theme.js", "light();");
        write("assets/app.js", "let text;");
    }
    page_folder(const page_folder&) = delete;
    page_folder& operator=(const page_folder&) = delete;
    ~page_folder() { std::filesystem::remove_all(path_); }

    void write(const std::string& name, std::string_view text) const
    {
        std::ofstream(path_ / name) << text;
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace

BOOST_AUTO_TEST_CASE(the_page_comes_packed_to_who_takes_that)
{
    small_page page;
    const http::response answer = page.ask("/", {{"Accept-Encoding", "gzip"}});
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(answer.headers.value("Content-Encoding") == "gzip");
    BOOST_TEST(answer.headers.value("Vary") == "Accept-Encoding");
    BOOST_TEST(
        http::decode_content("gzip", answer.body, {}).value().starts_with("<!doctype html>"));
}

BOOST_AUTO_TEST_CASE(the_page_comes_unpacked_to_who_does_not)
{
    small_page page;
    const http::response answer = page.ask("/");
    BOOST_TEST(!answer.headers.find("Content-Encoding").has_value());
    BOOST_TEST(answer.body == "<!doctype html><title>Penstock</title>");
}

BOOST_AUTO_TEST_CASE(
    what_has_a_hash_in_its_name_may_be_kept_for_ever_and_the_rest_is_asked_for_again)
{
    small_page page;
    const http::response asset = page.ask("/assets/app-1a2b.js");
    BOOST_TEST(asset.headers.value("Content-Type") == "text/javascript; charset=utf-8");
    BOOST_TEST(asset.headers.value("Cache-Control") == "public, max-age=31536000, immutable");
    const http::response theme = page.ask("/theme.js");
    BOOST_TEST(theme.headers.value("Cache-Control") == "no-cache");
    const std::string tag(theme.headers.value("ETag"));
    const http::response again = page.ask("/theme.js", {{"If-None-Match", tag}});
    BOOST_TEST(again.status == 304U);
    BOOST_TEST(again.body.empty());
}

BOOST_AUTO_TEST_CASE(the_policy_allows_nothing_from_elsewhere_and_no_inline_scripts)
{
    small_page page;
    for (const char* path : {"/", "/theme.js", "/assets/app-1a2b.js"})
    {
        const http::response answer = page.ask(path);
        const std::string policy(answer.headers.value("Content-Security-Policy"));
        BOOST_TEST(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"));
        BOOST_TEST(policy.find("unsafe") == std::string::npos);
        BOOST_TEST(policy.find("frame-ancestors 'none'") != std::string::npos);
        BOOST_TEST(answer.headers.value("X-Content-Type-Options") == "nosniff");
    }
}

BOOST_AUTO_TEST_CASE(only_what_is_embedded_is_served)
{
    small_page page;
    for (const char* path : {"/assets/other.js", "/assets/index.html", "/assets/../theme.js",
                             "/index.html", "/assets/assets%2Fapp-1a2b.js"})
        BOOST_TEST(page.ask(path).status == 404U, path);
}

BOOST_AUTO_TEST_CASE(without_the_editor_there_is_a_notice)
{
    api::router table;
    api::add_editor_routes(table, "");
    http::request asked;
    asked.method = "GET";
    asked.target = "/";
    http::testing::awaited_answer waiting;
    table.route(asked, waiting.to());
    const http::response got = waiting.wait();
    BOOST_TEST(got.status == 200U);
    BOOST_TEST(got.body.find("built without the editor") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_page_in_a_folder_is_served_as_it_is_now)
{
    const page_folder folder;
    api::background_pool disk;
    api::router table;
    api::add_editor_folder(table, folder.path(), disk);
    BOOST_TEST(ask(table, "/").body == "first");
    BOOST_TEST(ask(table, "/theme.js").body == "light();");
    BOOST_TEST(ask(table, "/assets/app.js").body == "let text;");
    folder.write("index.html", "second");
    folder.write("assets/later.js", "let more;");
    BOOST_TEST(ask(table, "/").body == "second");
    BOOST_TEST(ask(table, "/assets/later.js").body == "let more;");
}

BOOST_AUTO_TEST_CASE(nothing_beside_the_page_in_a_folder_is_served)
{
    const page_folder folder;
    folder.write("secret", "of somebody");
    std::filesystem::create_symlink(folder.path() / "secret", folder.path() / "assets/link");
    api::background_pool disk;
    api::router table;
    api::add_editor_folder(table, folder.path() / "assets", disk);
    for (const char* path : {"/", "/secret", "/../secret", "/assets/../secret", "/assets/link",
                             "/link", "/assets/..%2Fsecret"})
        BOOST_TEST(ask(table, path).status == 404U, path);
    api::router whole;
    api::add_editor_folder(whole, folder.path(), disk);
    for (const char* path : {"/assets/link", "/assets/../secret", "/assets/..", "/assets/"})
        BOOST_TEST(ask(whole, path).status == 404U, path);
}

BOOST_AUTO_TEST_CASE(a_damaged_pack_has_no_files)
{
    BOOST_TEST(api::read_pack("index.html 5\n\nabcde").size() == 1U);
    for (const char* pack : {"", "index.html", "index.html 5\n\nabcd", "index.html 5\n\nabcdef",
                             "index.html\n\nabcde", "index.html 5x\n\nabcde", "a 2\nb 9\n\nabcde"})
        BOOST_TEST(api::read_pack(pack).empty(), pack);
}

BOOST_AUTO_TEST_SUITE_END()
