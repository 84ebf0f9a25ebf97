// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "connection_text.hpp"
#include "postgres/published_table.hpp"
#include "run_entry.hpp"

#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <limits>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(postgres_publish)

using penstock::unavailable;
using penstock::testing::packets;
using postgres_package::publish_entry;

using namespace published_table;

BOOST_AUTO_TEST_CASE(fields_become_columns_of_their_types)
{
    const fresh_table table("id int PRIMARY KEY, name text, price numeric, yes boolean, doc jsonb, "
                            "tags text[], numbers int[], made date DEFAULT '2026-01-01'");
    auto result =
        publish(packets(with({{"id", 1},
                              {"name", "Größe 'x'"},
                              {"price", 1.25},
                              {"yes", true},
                              {"doc", {{"a", json::array{1, nullptr}}}},
                              {"tags", json::array{"a,\"b\\", nullptr}},
                              {"numbers", json::array{1, 2}},
                              {"unknown", 1}}),
                        with({{"id", "2"}, {"name", nullptr}, {"doc", "text"}, {"tags", "one"}})));
    for (const auto& [item, why] : result.failed)
        BOOST_TEST(why == "");
    BOOST_TEST(
        table.rows() ==
            (strings{
                R"({"id":1,"name":"Größe 'x'","price":1.25,"yes":true,"doc":{"a": [1, null]},"tags":["a,\"b\\",null],"numbers":[1,2],"made":"2026-01-01"})",
                R"({"id":2,"name":null,"price":null,"yes":null,"doc":"text","tags":["one"],"numbers":null,"made":"2026-01-01"})"}),
        boost::test_tools::per_element());
    BOOST_TEST(result.delivered.size() == 2U);
}

BOOST_AUTO_TEST_CASE(columns_may_be_named_with_what_they_get)
{
    const fresh_table table("id text PRIMARY KEY, \"odd \"\"name\" int, other int");
    packet made = with({{"n", 7}});
    made.set_meta("id", "x");
    (void)publish(packets(std::move(made)),
                  {{"columns", json::object{{"id", "/meta/id"}, {"odd \"name", "n"}}}});
    BOOST_TEST(table.rows() == (strings{"{\"id\":\"x\",\"odd \\\"name\":7,\"other\":null}"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_row_that_the_table_refuses_fails_alone_with_its_reason)
{
    for (const char* mode : {"upsert", "copy"})
    {
        const fresh_table table("id int PRIMARY KEY, n int CHECK (n < 100)");
        std::vector<packet> given;
        for (int n = 0; n < 20; ++n)
            given.push_back(with({{"id", n == 13 ? 12 : n}, {"n", n == 5 ? 500 : n}}));
        given.push_back(with({{"id", "no number"}, {"n", 1}}));
        auto result = publish(std::move(given), {{"mode", mode}});
        BOOST_TEST(table.rows().size() == 18U);
        BOOST_TEST(result.delivered.size() == 18U);
        BOOST_TEST_REQUIRE(result.failed.size() == 3U);
        BOOST_TEST(result.failed[0].second.starts_with("sqlstate 23514: "));
        BOOST_TEST(result.failed[1].second.starts_with("sqlstate 23505: "));
        BOOST_TEST((result.failed[1].second.find("(id)=(12)") != std::string::npos));
        BOOST_TEST(result.failed[2].second.starts_with("column \"id\": sqlstate 22P02: "));
    }
}

BOOST_AUTO_TEST_CASE(copy_writes_what_upsert_does)
{
    const fresh_table table("id int, text text, doc json");
    (void)publish(
        packets(with({{"id", 1}, {"text", "tab\t line\n back\\ \r ü"}, {"doc", {{"a", "\\"}}}}),
                with({{"id", nullptr}, {"text", "\\N"}})),
        {{"mode", "copy"}, {"columns", json::array{"id", "text", "doc"}}});
    BOOST_TEST(server().ask("SELECT text FROM t ORDER BY id") ==
                   (strings{"tab\t line\n back\\ \r ü", "\\N"}),
               boost::test_tools::per_element());
    BOOST_TEST(server().ask("SELECT doc->>'a' FROM t WHERE id = 1")[0] == "\\");
}

BOOST_AUTO_TEST_CASE(what_the_server_has_no_place_for_fails_alone)
{
    const fresh_table table("id int, text text");
    auto result = publish(packets(with({{"id", 1}, {"text", json::string("a\0b", 3)}}),
                                  with({{"id", std::numeric_limits<double>::infinity()}}),
                                  with({{"id", 3}, {"text", "\xff"}}), with({{"id", 4}}), packet(),
                                  order_to_delete("4")));
    BOOST_TEST(table.rows() == (strings{R"({"id":4,"text":null})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.failed.size() == 4U);
    BOOST_TEST(result.dropped.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_no_fault_of_a_row_is_waited_for)
{
    const fresh_table table("id int");
    const auto away = [](json::object more, std::string_view part)
    {
        BOOST_CHECK_EXCEPTION(
            (void)publish(packets(with({{"id", 1}})), std::move(more)), unavailable,
            [&](const unavailable& error)
            {
                BOOST_TEST_MESSAGE(error.what());
                return std::string_view(error.what()).find(part) != std::string_view::npos;
            });
    };
    away({{"table", "absent"}}, "42P01");
    away({{"columns", json::array{"absent"}}}, "has no column \"absent\"");
    away({{"key", json::array{"id"}}}, "42P10");
    BOOST_CHECK_THROW((void)publish({}, {{"key", json::array{"id"}}}), unavailable);
    away({{"connection", "host=/nonexistent dbname=x"}}, "/nonexistent");
    away({{"connection", "host=127.0.0.1 port=1 dbname=x"}}, "refused");
    server().ask(
        "DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN; GRANT SELECT ON t TO reader");
    std::string as_reader = server().connection();
    as_reader.replace(as_reader.find("owner"), 5, "reader");
    away({{"connection", as_reader}}, "may not be written");
    BOOST_TEST(table.rows().empty());
}

BOOST_AUTO_TEST_CASE(a_row_that_a_policy_refuses_fails_alone)
{
    const fresh_table table("id int, text text");
    server().ask("DROP ROLE IF EXISTS writer; CREATE ROLE writer LOGIN; "
                 "GRANT SELECT, INSERT ON t TO writer; ALTER TABLE t ENABLE ROW LEVEL SECURITY; "
                 "CREATE POLICY small ON t TO writer USING (true) WITH CHECK (id < 10)");
    std::string as_writer = server().connection();
    as_writer.replace(as_writer.find("owner"), 5, "writer");
    const auto result = publish(packets(with({{"id", 1}}), with({{"id", 20}}), with({{"id", 3}})),
                                {{"connection", as_writer}});
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second.starts_with("sqlstate 42501: "));
    server().ask("REVOKE INSERT ON t FROM writer; GRANT INSERT (id) ON t TO writer");
    BOOST_CHECK_THROW((void)publish(packets(with({{"id", 1}})), {{"connection", as_writer}}),
                      unavailable);
    server().ask("DROP TABLE t; DROP ROLE writer; CREATE TABLE t (id int)");
}

BOOST_AUTO_TEST_CASE(a_key_that_is_null_deletes_nothing_and_says_so)
{
    const fresh_table table("id int PRIMARY KEY");
    const auto order = []
    {
        packet made({{"id", nullptr}});
        made.set_meta("requestmethod", "DELETE");
        return made;
    };
    packet by_meta = order();
    by_meta.set_meta("id", "1");
    const auto result = publish(packets(with({{"id", 1}}), order(), std::move(by_meta)),
                                {{"key", json::array{"id"}}});
    BOOST_TEST(table.rows().empty());
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "column \"id\": is absent; what to delete was expected");
}

BOOST_AUTO_TEST_CASE(only_servers_that_are_all_on_this_host_need_no_certificate)
{
    const auto is_here = [](const std::string& connection)
    {
        std::string wrong;
        return postgres_package::are_here(postgres_package::options_of(connection, wrong));
    };
    for (const char* here : {"dbname=x", "host=/run/x dbname=x", "host=localhost,127.0.0.1,::1",
                             "hostaddr=127.0.0.1", "host=,localhost", "postgresql:///x"})
        BOOST_TEST(is_here(here), here);
    for (const char* away : {"host=db", "host=localhost,db", "host=,db", "hostaddr=192.0.2.1",
                             "host=localhost hostaddr=192.0.2.1", "hostaddr=127.0.0.1,192.0.2.1",
                             "service=x", "postgresql://localhost,db/x"})
        BOOST_TEST(!is_here(away), away);
    for (const char* variable : {"PGHOST", "PGHOSTADDR", "PGSERVICE"})
    {
        ::setenv(variable, "192.0.2.1", 1);
        BOOST_TEST(!is_here("dbname=x"), variable);
        ::unsetenv(variable);
    }
    ::setenv("PGHOST", "db", 1);
    BOOST_TEST(is_here("host=localhost"));
    ::unsetenv("PGHOST");
}

BOOST_AUTO_TEST_CASE(a_statement_that_takes_too_long_is_given_up)
{
    const fresh_table table("id int");
    server().ask("CREATE OR REPLACE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS "
                 "'BEGIN PERFORM pg_sleep(30); RETURN NEW; END'; "
                 "CREATE TRIGGER slow BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION slow()");
    BOOST_CHECK_THROW((void)publish(packets(with({{"id", 1}})), {{"timeout", "300ms"}}),
                      unavailable);
}

BOOST_AUTO_TEST_CASE(what_has_nothing_to_do_with_the_key_is_not_blamed_on_it)
{
    const fresh_table table("id int PRIMARY KEY");
    server().ask("BEGIN; LOCK TABLE t; PREPARE TRANSACTION 'lock'");
    BOOST_CHECK_EXCEPTION((void)publish({}, {{"key", json::array{"id"}}, {"timeout", "300ms"}}),
                          unavailable,
                          [](const unavailable& error)
                          { return std::string_view(error.what()) == "no answer within 300 ms"; });
    server().ask("ROLLBACK PREPARED 'lock'");
}

BOOST_AUTO_TEST_CASE(odd_parameters_are_refused)
{
    const auto refused = [](json::object params)
    {
        params.emplace("connection", "dbname=x");
        params.emplace("table", "t");
        BOOST_CHECK_THROW((void)run_entry(publish_entry, params, {}), penstock::parameter_error);
    };
    refused({{"connection", "dbname=x password=secret"}});
    refused({{"connection", "postgresql://user:secret@host/db"}});
    refused({{"connection", "dbname=x sslpassword=secret"}});
    refused({{"connection", "service=x"}});
    refused({{"connection", "nonsense"}});
    refused({{"table", ""}});
    for (const json::value& columns :
         {json::value(1), json::value("a"), json::value(json::array()), json::value(json::array{1}),
          json::value(json::array{"a", "a"}), json::value(json::object{{"a", 1}})})
        refused({{"columns", columns}});
    refused({{"columns", json::object{{"a", "/field/a"}}}});
    refused({{"columns", json::array{"a"}}, {"key", json::array{"b"}}});
    refused({{"key", json::array{"b", "b"}}});
    refused({{"mode", "copy"}, {"key", json::array{"b"}}});
}

BOOST_AUTO_TEST_SUITE_END()
