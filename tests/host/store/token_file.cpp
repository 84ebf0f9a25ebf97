// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/token_file.hpp"

#include "host/store/token_text.hpp"
#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <sys/stat.h>

BOOST_AUTO_TEST_SUITE(token_file)

using penstock::host::testing::temporary_folder;
namespace host = penstock::host;
using penstock::host::problem;

namespace
{

host::token_record record(const std::string& name)
{
    host::token_record made{.name = name, .hash = host::hash_of(name)};
    made.scopes.add(host::scope::read);
    made.made = std::chrono::sys_days{std::chrono::January / 2 / 2026};
    return made;
}

host::token_list read(const host::token_file& file)
{
    auto tokens = file.read();
    if (!tokens)
        throw std::runtime_error(to_string(tokens.error()));
    return *std::move(tokens);
}

std::optional<problem> add(const host::token_file& file, const host::token_record& one)
{
    return file.edit(
        [&](std::vector<host::token_record>& tokens) -> std::optional<problem>
        {
            tokens.push_back(one);
            return std::nullopt;
        });
}

std::string wrong_with(const std::string& text)
{
    const auto read = host::parse_tokens(text, "f");
    return read ? "nothing" : to_string(read.error());
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_kept_reads_back_and_holds_no_token)
{
    const temporary_folder folder;
    const host::token_file file(folder.path() / "data");
    const std::string token = host::random_token();
    host::token_record one = record("one");
    one.hash = host::hash_of(token);
    one.expires = one.made + std::chrono::hours(1);
    one.scopes.add(host::scope::admin);
    BOOST_TEST(!read(file).has_value());
    BOOST_TEST(!add(file, one).has_value());
    BOOST_TEST(!add(file, record("two")).has_value());
    const auto kept_tokens = read(file);
    BOOST_REQUIRE(kept_tokens.has_value());
    BOOST_TEST((*kept_tokens == std::vector<host::token_record>{one, record("two")}));
    std::ifstream text(file.path());
    const std::string kept{std::istreambuf_iterator<char>(text), {}};
    BOOST_TEST(kept.find(token.substr(4)) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_file_is_for_its_owner_alone)
{
    const temporary_folder folder;
    const host::token_file file(folder.path() / "data");
    std::ofstream(folder.path() / "left") << "{}";
    BOOST_TEST(!add(file, record("one")).has_value());
    struct stat found
    {
    };
    BOOST_TEST(::stat(file.path().c_str(), &found) == 0);
    BOOST_TEST((found.st_mode & 0777U) == 0600U);
    BOOST_TEST(::stat((folder.path() / "data").c_str(), &found) == 0);
    BOOST_TEST((found.st_mode & 0777U) == 0700U);

    // Not even what a crash left behind makes it another.
    std::ofstream(file.path().string() + ".new") << "{}";
    ::chmod((file.path().string() + ".new").c_str(), 0666);
    BOOST_TEST(!add(file, record("two")).has_value());
    BOOST_TEST(::stat(file.path().c_str(), &found) == 0);
    BOOST_TEST((found.st_mode & 0777U) == 0600U);
}

BOOST_AUTO_TEST_CASE(a_file_that_others_may_read_is_refused)
{
    const temporary_folder folder;
    const host::token_file file(folder.path());
    BOOST_TEST(!add(file, record("one")).has_value());
    ::chmod(file.path().c_str(), 0640);
    BOOST_TEST(to_string(file.read().error()) ==
               file.path().string() + ": is open to others; mode 0600 was expected");
    BOOST_TEST(add(file, record("two")).has_value());
}

BOOST_AUTO_TEST_CASE(changes_at_the_same_time_are_all_kept)
{
    const temporary_folder folder;
    const host::token_file file(folder.path() / "data");
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i]
                             { static_cast<void>(add(file, record("t" + std::to_string(i)))); });
    threads.clear();
    BOOST_TEST(read(file)->size() == 8U);
}

BOOST_AUTO_TEST_CASE(a_change_that_is_refused_changes_nothing)
{
    const temporary_folder folder;
    const host::token_file file(folder.path());
    BOOST_TEST(!add(file, record("one")).has_value());
    const host::token_file::stamp before = file.look();
    const auto refused = file.edit(
        [](std::vector<host::token_record>& tokens) -> std::optional<problem>
        {
            tokens.clear();
            return problem("no", "", "", "");
        });
    BOOST_TEST(refused.has_value());
    BOOST_TEST((file.look() == before));
    BOOST_TEST(!add(file, record("two")).has_value());
    BOOST_TEST((file.look() != before));
}

BOOST_AUTO_TEST_CASE(whatever_is_wrong_with_the_text_is_told_with_its_place)
{
    const std::string good = host::write_tokens({record("one")});
    BOOST_TEST(wrong_with(good) == "nothing");
    const auto changed = [&](const std::string& part, const std::string& to)
    {
        std::string text = good;
        text.replace(text.find(part), part.size(), to);
        return wrong_with(text);
    };
    BOOST_TEST(wrong_with("[]").starts_with("f: is no list of tokens"));
    BOOST_TEST(wrong_with("{").starts_with("f: "));
    BOOST_TEST(changed("\"one\"", "\"A B\"").starts_with("f:/tokens/0/name: does not fit"));
    BOOST_TEST(changed("\"read\"", "\"root\"").starts_with("f:/tokens/0/scopes: has an unknown"));
    BOOST_TEST(changed("[\"read\"]", "[]").starts_with("f:/tokens/0/scopes: missing"));
    BOOST_TEST(changed("\"made\"", "\"mode\"").starts_with("f:/tokens/0/mode: does not fit"));
    BOOST_TEST(changed("2026-01-02", "2026-02-31").starts_with("f:/tokens/0/made: does not fit"));
    BOOST_TEST(wrong_with(host::write_tokens({record("one"), record("one")})) ==
               "f:/tokens/1/name: stands there twice; one was expected");
    std::string shorter = good;
    shorter.erase(shorter.find("sha256\":\"") + 9, 1);
    BOOST_TEST(wrong_with(shorter).starts_with("f:/tokens/0/sha256: does not fit"));
}

BOOST_AUTO_TEST_SUITE_END()
