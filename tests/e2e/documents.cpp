// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "supervised_host.hpp"

#include "tests/plugins/archive/made_archive.hpp"
#include "tests/plugins/document/sample_pdf.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <signal.h>
#include <stdexcept>
#include <string>
#include <vector>

// examples/documents: a folder of files through its readers into an index, and a page that asks it.
BOOST_AUTO_TEST_SUITE(documents)

using namespace penstock::e2e;
namespace files = std::filesystem;
namespace json = penstock::json;

namespace
{

std::string example(const std::string& name)
{
    return read_file(std::string(PENSTOCK_EXAMPLES) + "/documents/" + name);
}

std::string replaced(std::string text, std::string_view what, const std::string& by)
{
    const std::size_t at = text.find(what);
    BOOST_TEST_REQUIRE(at != std::string::npos, what);
    return text.replace(at, what.size(), by);
}

// The example's graph over a folder of the test's own.
std::string graph_over(const std::string& folder)
{
    return replaced(example("documents.json"), "/usr/share/doc\"", folder + "\"");
}

void write(const files::path& file, std::string_view data)
{
    files::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << data;
}

std::string page(live_host& host, const std::string& query)
{
    caller fresh(host.port());
    return fresh.ask("GET", "/graphs/documents-search/data/page?" + query).body;
}

// Whether something is so; not if the host dies while it is asked.
template <class Question>
bool answers(const Question& question)
{
    try
    {
        return question();
    }
    catch (const std::runtime_error&)
    {
        return false;
    }
}

// Waits until so many files were taken and all of them ended, whatever dies meanwhile.
void wait_for(live_host& host, std::uint64_t count)
{
    BOOST_TEST_REQUIRE(eventually(
        [&]
        {
            caller fresh(host.port());
            const json::value stats = fresh.get("/api/graphs/documents/stats");
            const json::object& pending = stats.at("pending").as_object();
            return stats.at("done").to_number<std::uint64_t>() >= count &&
                   pending.at("entries").to_number<std::uint64_t>() == 0;
        },
        std::chrono::seconds(60)));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_folder_is_found_by_a_page_whatever_its_files_are)
{
    const scratch home;
    const files::path folder = home.at("folder");
    write(folder / "one" / "note.txt", "A note about otters and rivers.");
    write(folder / "one" / "page.html", "<title>Otters &amp; us</title><p>About otters.</p>");
    write(folder / "two" / "old.txt.gz", gzip_of("Otters of old."));
    write(
        folder / "two" / "all.zip",
        archive_of(zip_form, {{"inner.html", "<title>Inner</title>otters"}, {"x.bin", {"\0", 1}}}));
    write(folder / "paper.pdf", sample_pdf({"Otters on paper"}));
    write(folder / "broken.pdf", "%PDF-1.4\nnothing that a PDF file has");
    live_host host(home, {home.write("documents.json", graph_over(folder.string())),
                          home.write("documents-search.json", example("documents-search.json"))});
    wait_for(host, 6);

    const std::string all = page(host, "q=otters");
    BOOST_TEST(has(all, "5 found"), all);
    BOOST_TEST(has(all, "Otters &amp; us"));
    BOOST_TEST(has(all, "<mark>otters</mark>"));
    BOOST_TEST(has(all, "all.zip!/inner.html"));
    BOOST_TEST(has(page(host, "q=otters&kind=text%2Fhtml"), "2 found"));
    BOOST_TEST(has(page(host, "q=%3Cscript%3E"), "value=\"&lt;script&gt;\""));
    BOOST_TEST(has(page(host, ""), "0 found"));
    BOOST_TEST(has(page(host, "q=otters&offset=9e9"), "<ol start=\"1\">"));

    const json::value letters = host->get("/api/dead-letters");
    BOOST_TEST_REQUIRE(letters.at("dead_letters").as_array().size() == 1U);
    const json::object& letter = letters.at("dead_letters").as_array()[0].as_object();
    BOOST_TEST(text_of(letter.at("node")) == "pdf");
    BOOST_TEST(has(penstock::write_json(letter), "broken.pdf"), letter);
}

BOOST_AUTO_TEST_CASE(of_a_poisoned_folder_each_file_is_indexed_or_a_dead_letter_that_can_be_mended,
                     *boost::unit_test::enable_if<!is_sanitized>())
{
    constexpr std::size_t ordinary = 2000;
    const scratch home;
    const files::path folder = home.at("folder");
    for (std::size_t n = 0; n < ordinary; ++n)
        write(folder / (std::to_string(n) + ".txt"), "Common file number " + std::to_string(n));
    for (const char* how : {"crash", "hang", "exhaust"})
        write(folder / (std::string(how) + ".pdf"), "%PDF-1.4\n" + std::string(how));
    write(folder / "worker.txt", "Common evil segfault");

    // A parser that does what the file says.
    const std::string parser = home.write("parser.sh", R"(case $(cat) in
*crash*) kill -SEGV $$ ;;
*hang*) exec sleep 600 ;;
*exhaust*) exec awk 'BEGIN { for (text = "x"; ; text = text text) ; }' ;;
*) echo "Common mended file" ;;
esac
)");
    std::string graph = graph_over(folder.string());
    graph = replaced(graph, R"("component": "document/pdf", "params": { )",
                     R"("component": "document/pdf", "params": { "command": ["sh", ")" + parser +
                         R"("], "timeout": "5s", "memory": "64MiB", )");
    graph = replaced(graph, R"("folder": "meta)",
                     R"x("evil": "text:match('evil (%a+)')", "folder": "meta)x");
    graph = replaced(graph, R"("chunk": {)", R"("obey": { "component": "evil/obey" }, "chunk": {)");
    graph = replaced(graph, R"("to": "chunk.in" })",
                     R"("to": "obey.in" }, { "from": "obey.out", "to": "chunk.in" })");
    supervised_host host(home,
                         {home.write("documents.json", graph),
                          home.write("documents-search.json", example("documents-search.json"))});
    for (int time = 0; time < 2; ++time)
    {
        pid_t worker = -1; // none, while another is begun
        BOOST_TEST_REQUIRE(eventually(
            [&]
            {
                worker = host.worker();
                return worker > 0 && answers([&] { return has(page(host, "q=common"), " found"); });
            }));
        ::kill(worker, SIGKILL);
        host.wait_for_crash();
        host.wait_until_it_serves_again();
    }
    const auto letters = [&]
    {
        caller fresh(host.port());
        return fresh.get("/api/dead-letters").at("dead_letters").as_array();
    };
    const auto indexed = [&](std::size_t count)
    { return has(page(host, "q=common"), "<p>" + std::to_string(count) + " found"); };

    // A file that was read again after a crash may have two.
    const auto told = [&]
    {
        std::map<std::string, std::string> ids; // by what they say
        for (const json::value& each : letters())
            for (const char* file : {"crash.pdf", "hang.pdf", "exhaust.pdf", "worker.txt"})
                if (has(penstock::write_json(each), file))
                    ids[text_of(each.at("node")) + ' ' + file + ": " + text_of(each.at("reason"))] =
                        text_of(each.at("id"));
        return ids;
    };
    BOOST_TEST_REQUIRE(eventually(
        [&] { return answers([&] { return told().size() >= 4U && indexed(ordinary); }); },
        std::chrono::seconds(120)));
    const std::map<std::string, std::string> found = told();
    std::vector<std::string> reasons;
    for (const auto& [what, id] : found)
        reasons.push_back(what);
    BOOST_TEST(reasons == (std::vector<std::string>{
                              "obey worker.txt: crash: SIGSEGV in evil/obey@1.2.3, 3 times",
                              "pdf crash.pdf: signal 11", "pdf exhaust.pdf: memory limit",
                              "pdf hang.pdf: time limit"}),
               boost::test_tools::per_element());

    // Mended, and replayed.
    write(parser, "cat >/dev/null; echo \"Common mended file\"\n");
    std::size_t mended = 0;
    for (const auto& [what, id] : found)
        if (what.starts_with("pdf "))
        {
            caller fresh(host.port());
            const response answer = fresh.post("/api/dead-letters/" + id + "/replay?ack=processed",
                                               "application/json", R"({"from": "node"})");
            BOOST_TEST(answer.status / 100 == 2U, answer.body);
            ++mended;
        }
    BOOST_TEST(mended == 3U);
    BOOST_TEST(eventually([&] { return indexed(ordinary + mended); }));
}

BOOST_AUTO_TEST_SUITE_END()
