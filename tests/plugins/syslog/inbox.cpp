// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "inbox.hpp"

#include "scratch_directory.hpp"
#include "syslog/sending.hpp"

#include "tests/host/net/reserved_port.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <poll.h>

BOOST_AUTO_TEST_SUITE(syslog_inbox)

using namespace syslog_package;
using namespace syslog_test;
using namespace std::chrono_literals;
using penstock::host::http::testing::reserved_port;

namespace
{

// An inbox at one address, which may end and begin again.
struct inbox_at
{
    explicit inbox_at(std::string kind, std::string folder = {})
        : address(std::move(kind) + "://127.0.0.1:" + std::to_string(port.number())),
          folder(std::move(folder))
    {
        begin();
    }

    void begin()
    {
        receiver_settings with;
        with.addresses = {read_listen_address(address)};
        it = std::make_unique<inbox>(std::move(with), folder);
        it->open();
    }

    void end() { it.reset(); }

    // Takes until there are so many messages, or the time is over.
    std::vector<kept_message> take(std::size_t count)
    {
        std::vector<kept_message> all;
        const auto until = std::chrono::steady_clock::now() + 10s;
        while (all.size() < count && std::chrono::steady_clock::now() < until)
            for (const kept_message* each : it->take(count - all.size(), 100ms))
                all.push_back(*each);
        return all;
    }

    reserved_port port;
    const std::string address;
    const std::string folder;
    std::unique_ptr<inbox> it;
};

std::vector<std::string> texts_of(const std::vector<kept_message>& all)
{
    std::vector<std::string> texts;
    for (const kept_message& each : all)
        texts.push_back(each.content.text);
    return texts;
}

const std::vector<std::string> two_and_three{"two", "three"};

} // namespace

BOOST_AUTO_TEST_CASE(gives_what_is_not_acknowledged_again_when_it_is_opened_again)
{
    inbox_at here("tcp");
    const sender client(here.address);
    client.send("one\ntwo\nthree\n");
    const std::vector<kept_message> first = here.take(3);
    BOOST_TEST_REQUIRE(first.size() == 3U);
    here.it->acknowledged(first[0].position);
    here.it->open();
    const std::vector<kept_message> again = here.take(2);
    BOOST_TEST(texts_of(again) == two_and_three, boost::test_tools::per_element());
    BOOST_TEST((again[0].position == first[1].position));
    client.send("four\n"); // the connection stayed
    BOOST_TEST(texts_of(here.take(1)) == std::vector<std::string>{"four"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(keeps_what_is_not_acknowledged_in_a_file_until_it_is)
{
    const scratch_directory folder;
    inbox_at here("tcp", folder.path("kept"));
    {
        const sender client(here.address);
        client.send("one\ntwo\nthree\n");
    }
    const std::vector<kept_message> first = here.take(3);
    BOOST_TEST_REQUIRE(first.size() == 3U);
    here.it->acknowledged(first[0].position);
    for (int i = 0; i < 2; ++i) // also if it ends without giving them out
    {
        here.end();
        here.begin();
    }
    const std::vector<kept_message> again = here.take(2);
    BOOST_TEST(texts_of(again) == two_and_three, boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(again.size() == 2U);
    BOOST_TEST((again[1].position == first[2].position));
    BOOST_TEST(again[1].content.peer == "127.0.0.1");
    BOOST_TEST(again[1].content.received == first[2].content.received);
    here.it->acknowledged(again[0].position);
    BOOST_TEST(!std::filesystem::is_empty(here.folder)); // if it is killed, they come again
    here.it->acknowledged(again[1].position);
    BOOST_TEST(std::filesystem::is_empty(here.folder));
}

BOOST_AUTO_TEST_CASE(takes_at_its_end_what_clients_have_sent)
{
    const scratch_directory folder;
    for (const char* kind : {"udp", "tcp"})
    {
        inbox_at here(kind, folder.path(kind));
        const sender client(here.address);
        const std::string end = *kind == 't' ? "\n" : "";
        client.send("two" + end);
        client.send("three" + end);
        here.end(); // it has taken nothing, and not accepted the connection
        here.begin();
        BOOST_TEST(texts_of(here.take(2)) == two_and_three, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(loses_nothing_of_a_client_that_looks_whether_it_goes_on)
{
    const scratch_directory folder;
    inbox_at here("tcp", folder.path(""));
    std::promise<void> begun;
    std::future<int> sent =
        std::async(std::launch::async,
                   [&]
                   {
                       const sender client(here.address);
                       int count = 0;
                       char none = 0;
                       while (::recv(client.number(), &none, 1, MSG_PEEK | MSG_DONTWAIT) != 0)
                       {
                           client.send(std::to_string(count++) + '\n');
                           if (count == 1000)
                               begun.set_value();
                       }
                       return count;
                   });
    begun.get_future().wait();
    here.end();
    const int count = sent.get();
    here.begin();
    BOOST_TEST(here.take(static_cast<std::size_t>(count)).size() ==
               static_cast<std::size_t>(count));
    BOOST_TEST(here.it->take(1, 10ms).empty());
}

BOOST_AUTO_TEST_CASE(ends_though_a_client_goes_on_sending)
{
    const scratch_directory folder;
    inbox_at here("tcp", folder.path(""));
    std::promise<void> begun;
    std::future<void> sender_ends =
        std::async(std::launch::async,
                   [&]
                   {
                       const sender client(here.address);
                       client.send("one\n");
                       begun.set_value();
                       try
                       {
                           for (pollfd end{client.number(), 0, 0}; ::poll(&end, 1, 20) == 0;)
                               client.send("more\n");
                       }
                       catch (const std::runtime_error&)
                       {
                           return; // it was closed meanwhile
                       }
                   });
    begun.get_future().wait();
    const auto start = std::chrono::steady_clock::now();
    here.end();
    BOOST_TEST((std::chrono::steady_clock::now() - start < 10s));
    sender_ends.get();
}

BOOST_AUTO_TEST_CASE(a_file_that_is_damaged_is_named)
{
    const scratch_directory folder;
    inbox_at here("tcp", folder.path(""));
    sender(here.address).send("one\ntwo\n");
    here.end();
    const std::filesystem::path file = std::filesystem::directory_iterator(here.folder)->path();
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 2);
    const auto names_it = [&](const std::runtime_error& error)
    {
        const std::string why = error.what();
        return why.starts_with(file.string()) && why.find("message 2 is damaged") != why.npos;
    };
    BOOST_CHECK_EXCEPTION(here.begin(), std::runtime_error, names_it);
    std::filesystem::remove(file);
    here.begin();
    BOOST_TEST(here.it->take(1, 10ms).empty());
}

BOOST_AUTO_TEST_CASE(messages_of_any_bytes_are_read_as_they_were_written)
{
    const scratch_directory folder;
    const std::filesystem::path file = folder.path("a");
    kept_message first{{7, 0}, {}};
    first.content = {std::string("\0\n{\xff", 4), true, 0, "::1", 1'796'083'200};
    const kept_message second{{7, 1}, {}};
    write_messages(file, {&first, &second});
    const std::vector<kept_message> found = read_messages(file);
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].content.text == first.content.text);
    BOOST_TEST(found[0].content.is_cut);
    BOOST_TEST((found[1].position == second.position));
    BOOST_TEST(found[1].content.text.empty());
    BOOST_TEST(read_messages(folder.path("none")).empty());
}

BOOST_AUTO_TEST_SUITE_END()
