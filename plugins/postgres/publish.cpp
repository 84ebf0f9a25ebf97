// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "columns.hpp"
#include "components.hpp"
#include "connection_text.hpp"
#include "session.hpp"
#include "statements.hpp"

#include "../packets/data_alone.hpp"
#include "../packets/place_problem.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postgres_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

class publish final : public penstock::publisher
{
public:
    publish() : publisher({.count = 1000, .bytes = penstock::byte_count{5 << 20}, .wait = 200ms}) {}

private:
    penstock::parameter<std::string> connection{
        *this, "connection", penstock::no_default,
        "The database, as libpq takes it. A server must show a certificate that is trusted, unless "
        "an sslmode is given, or the server is on this host and there is no ca_file.",
        penstock::example{"host=db.example.org dbname=shop user=penstock"}};
    penstock::parameter<penstock::secret> password{*this, "password", penstock::secret(),
                                                   "The password to log in with."};
    penstock::parameter<std::string> table{*this, "table", penstock::no_default,
                                           "The table: NAME or SCHEMA.NAME.",
                                           penstock::example{"books"}};
    penstock::parameter<json::value> columns{
        *this,
        "columns",
        json::value(),
        "The columns to write: a list of names, each of which gets the field of its name, or an "
        "object of names with /meta/NAME, /fields/NAME or the NAME of a field. If null, all "
        "columns of the table that may be written.",
        penstock::example{json::array{"isbn", "title"}},
        penstock::example{json::object{{"id", "/meta/id"}, {"title", "title"}}}};
    penstock::parameter<std::vector<std::string>> key{
        *this,
        "key",
        {},
        "The columns of the unique key by which a row that is there is updated, in the columns "
        "that its packet has; null is written, what is absent stays. Without, a delivery that is "
        "repeated inserts a row again.",
        penstock::example{json::array{"isbn"}}};
    penstock::parameter<std::string> mode{*this, "mode", "upsert",
                                          "How rows are written: upsert inserts them, or updates "
                                          "by the key; copy is faster, and only inserts.",
                                          penstock::choices{"upsert", "copy"}};
    penstock::parameter<std::string> ca_file{
        *this, "ca_file", "",
        "A PEM file of the certificates to trust, instead of those that the system trusts."};
    penstock::parameter<std::chrono::milliseconds> connect_timeout{*this, "connect_timeout", 10s,
                                                                   "How long connecting may take.",
                                                                   penstock::range{1, 600'000}};
    penstock::parameter<std::chrono::milliseconds> timeout{
        *this, "timeout", 60s, "How long a statement may take.", penstock::range{1, 3'600'000}};

    penstock::counter written{*this, "rows", "Rows that were written or deleted."};
    penstock::histogram seconds{*this, "commit_seconds", "How long a transaction took."};

    void check(penstock::problems& found) const override
    {
        if (const std::string wrong = problem_of_connection(*connection); !wrong.empty())
            found.add(connection, wrong);
        else if (!ca_file->empty() && names_root_certificates(*connection))
            found.add(ca_file, "is given beside sslrootcert; one of them was expected");
        if (table->empty() || has_nul(*table))
            found.add(table, "is no name; that of a table was expected");
        std::vector<column> named;
        try
        {
            named = named_columns();
        }
        catch (const std::invalid_argument& error)
        {
            found.add(columns, error.what());
            return;
        }
        for (const std::string& each : *key)
            if (!columns->is_null() && std::ranges::find(named, each, &column::name) == named.end())
                found.add(key, "\"" + each + "\" is none of the columns; one of them was expected");
        if (!key->empty() && *mode == "copy")
            found.add(key, "has no meaning in copy; upsert was expected");
    }

    static bool has_nul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

    // Those that the graph names.
    [[nodiscard]] std::vector<column> named_columns() const
    {
        std::vector<column> named;
        const auto take = [&](std::string_view name, const json::value& place)
        {
            const json::string* text = place.if_string();
            if (name.empty() || has_nul(name) || text == nullptr || text->empty())
                throw std::invalid_argument("has no name; that of a column was expected");
            if (const std::string wrong = packets::problem_of_place(std::string_view(*text));
                columns->is_object() && !wrong.empty())
                throw std::invalid_argument(wrong);
            if (std::ranges::find(named, name, &column::name) != named.end())
                throw std::invalid_argument("\"" + std::string(name) +
                                            "\" is there twice; it was expected once");
            named.push_back({.name = std::string(name), .place = std::string(*text)});
        };
        if (const json::array* list = columns->if_array())
            for (const json::value& each : *list)
                take(each.is_string() ? std::string_view(each.get_string()) : std::string_view(),
                     each);
        else if (const json::object* object = columns->if_object())
            for (const auto& [name, place] : *object)
                take(name, place);
        else if (!columns->is_null())
            throw std::invalid_argument("is no list; a list or an object was expected");
        if (!columns->is_null() && named.empty())
            throw std::invalid_argument("is empty; a name was expected");
        return named;
    }

    void start() override
    {
        session_ = std::make_unique<session>(session_settings{.connection = *connection,
                                                              .password = password->reveal(),
                                                              .ca_file = *ca_file,
                                                              .connect_time = *connect_timeout,
                                                              .time = *timeout});
    }

    void connect() override
    {
        session_->connect();
        const std::string name = quote_table(*table);
        const auto found = session_->run(
            "SELECT a.attname, format_type(a.atttypid, -1), t.typcategory = 'A', "
            "t.typname IN ('json', 'jsonb'), a.attidentity = 'a', a.attidentity = 'd' OR "
            "pg_get_expr(d.adbin, d.adrelid) LIKE '%nextval(%', "
            "format_type(a.atttypid, a.atttypmod) FROM pg_attribute a "
            "JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d "
            "ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attrelid = "
            "$1::text::regclass "
            "AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum",
            {name});
        const auto allowed = session_->run(
            "SELECT has_any_column_privilege($1::text, 'INSERT')" +
                std::string(key->empty() ? ""
                                         : " AND has_any_column_privilege($1::text, 'UPDATE')"),
            {name});
        if (allowed.at(0).at(0) != "t")
            throw penstock::unavailable("table \"" + *table + "\": may not be written");
        if (!key->empty())
            check_key(name);
        statements_ = statements(name, match(named_columns(), found));
    }

    // Has the server plan an insertion by the key, and not do it.
    void check_key(const std::string& name)
    {
        std::string names;
        std::string values;
        for (const std::string& each : *key)
        {
            names += (names.empty() ? "" : ", ") + quote_name(each);
            values += values.empty() ? "DEFAULT" : ", DEFAULT";
        }
        try
        {
            session_->run("EXPLAIN INSERT INTO " + name + " (" + names + ") VALUES (" + values +
                          ") ON CONFLICT (" + names + ") DO NOTHING");
        }
        catch (const penstock::unavailable& error)
        {
            throw penstock::unavailable("table \"" + *table + "\", key " + names + ": " +
                                        error.what());
        }
    }

    // Adds to columns what the server knows of them.
    [[nodiscard]] std::vector<column> match(std::vector<column> named,
                                            const std::vector<std::vector<sql_text>>& found) const
    {
        if (columns->is_null())
            for (const std::vector<sql_text>& each : found)
                if (each.at(4) != "t")
                    named.push_back({.name = each.at(0).value(), .place = each.at(0).value()});
        for (column& each : named)
        {
            const auto known = std::ranges::find_if(found, [&](const std::vector<sql_text>& row)
                                                    { return row.at(0) == each.name; });
            if (known == found.end())
                throw penstock::unavailable("table \"" + *table + "\": has no column \"" +
                                            each.name + "\"");
            each.type = known->at(1).value();
            each.is_array = known->at(2) == "t";
            each.is_json = known->at(3) == "t";
            each.is_numbered = known->at(5) == "t";
            each.whole_type = known->at(6).value();
            each.is_key = std::ranges::find(*key, each.name) != key->end();
        }
        const auto keys = std::ranges::count_if(named, &column::is_key);
        if (static_cast<std::size_t>(keys) != key->size())
            throw penstock::unavailable("table \"" + *table + "\": has not all columns of the key");
        return named;
    }

    void write(penstock::batch& items) override
    {
        std::vector<row> rows;
        rows.reserve(items.size());
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            const json::value* method = items[i].find_meta("requestmethod");
            const bool deletes = method != nullptr && *method == "DELETE";
            if (!deletes && items[i].field_count() == 0)
            {
                if (packets::is_data_alone(items[i]))
                    fail(i, packets::needs_fields);
                else
                    drop(i);
                continue;
            }
            try
            {
                rows.push_back(row_of(items[i], i, deletes));
            }
            catch (const std::invalid_argument& error)
            {
                fail(i, error.what());
            }
        }
        if (!rows.empty())
            send(rows);
    }

    row row_of(const penstock::packet& item, std::size_t place, bool deletes) const
    {
        if (deletes && key->empty())
            throw std::invalid_argument("there is no key to delete by; one was expected");
        row made{place, deletes, {}};
        for (const column& each : statements_.columns())
        {
            const json::value* value = find_value(item, each);
            const auto is_lacking = [&] { return value == nullptr || value->is_null(); };
            // An order to delete names its row as the client did, in the address.
            if (deletes && each.is_key && key->size() == 1 && is_lacking())
                value = item.find_meta("id");
            if (deletes && each.is_key && is_lacking()) // NULL equals nothing
                throw std::invalid_argument("column \"" + each.name +
                                            "\": is absent; what to delete was expected");
            if (value == nullptr)
            {
                made.values.emplace_back();
                continue;
            }
            made.values.emplace_back(write_value(*value, each));
            if (each.is_key)
                made.key += made.values.back()->value_or("") + '\0';
        }
        return made;
    }

    // One transaction; when it fails for what is in it, halves of it, down to the row to blame.
    void send(std::span<const row> rows)
    {
        std::string why;
        try
        {
            apply(rows);
        }
        catch (const sql_error& error)
        {
            why = error.what();
        }
        if (why.empty())
        {
            written.add(static_cast<double>(rows.size()));
            for (const row& each : rows)
                deliver(each.place);
            return;
        }
        session_->run("ROLLBACK");
        if (rows.size() == 1)
            return fail(rows.front().place, column_of(rows.front()) + why);
        send(rows.first(rows.size() / 2));
        send(rows.subspan(rows.size() / 2));
    }

    // Names the column whose type cannot hold its value, which the server does not; empty: none.
    [[nodiscard]] std::string column_of(const row& refused)
    {
        for (std::size_t i = 0; i < refused.values.size() && !refused.deletes; ++i)
        {
            if (!refused.values[i] || !*refused.values[i])
                continue;
            const column& each = statements_.columns()[i];
            try
            {
                session_->run("SELECT $1::" + each.whole_type, {**refused.values[i]});
            }
            catch (const sql_error&)
            {
                return "column \"" + each.name + "\": ";
            }
        }
        return {};
    }

    void apply(std::span<const row> rows)
    {
        const auto begin = std::chrono::steady_clock::now();
        session_->run("BEGIN");
        while (!rows.empty())
        {
            const bool is_copy = *mode == "copy" && !rows.front().deletes;
            const std::size_t count = is_copy ? rows.size() : statements_.together(rows);
            if (is_copy)
                statements_.copy(*session_, rows.first(count));
            else
                statements_.write(*session_, rows.first(count));
            rows = rows.subspan(count);
        }
        session_->run("COMMIT");
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
        seconds.observe(spent.count());
    }

    std::unique_ptr<session> session_;
    statements statements_;
};

} // namespace

extern constinit const penstock::component_entry publish_entry = penstock::component_of<publish>(
    "publish", penstock::category::publisher, "Writes packets as rows of a table of PostgreSQL.");

} // namespace postgres_package
