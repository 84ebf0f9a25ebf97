// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "columns.hpp"
#include "components.hpp"
#include "connection_text.hpp"
#include "session.hpp"
#include "statements.hpp"
#include "table.hpp"

#include "../packets/document_publisher.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
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

class publish final : public packets::document_publisher
{
public:
    publish()
        : document_publisher({.count = 1000, .bytes = penstock::byte_count{5 << 20}, .wait = 200ms})
    {
    }

private:
    penstock::parameter<std::string> connection{
        *this, "connection", penstock::no_default,
        "The database, as libpq takes it. A server must show a certificate that is trusted, unless "
        "an sslmode is given, or the server is on this host and no certificates to trust are "
        "named.",
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
        if (!is_name(*table))
            found.add(table, "is no name; that of a table was expected");
        std::vector<column> named;
        try
        {
            named = named_columns(*columns);
        }
        catch (const std::invalid_argument& error)
        {
            found.add(columns, error.what());
            return;
        }
        for (const std::string& each : *key)
        {
            if (std::ranges::count(*key, each) > 1)
            {
                found.add(key, "\"" + each + "\" is there twice; it was expected once");
                break;
            }
            if (!columns->is_null() && std::ranges::find(named, each, &column::name) == named.end())
                found.add(key, "\"" + each + "\" is none of the columns; one of them was expected");
        }
        if (!key->empty() && *mode == "copy")
            found.add(key, "has no meaning in copy; upsert was expected");
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
        statements_ = statements(look_up_table(*session_, *table, named_columns(*columns), *key));
    }

    void write(penstock::batch& items) override
    {
        std::vector<row> rows;
        rows.reserve(items.size());
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            if (end_without_document(i, items[i]))
                continue;
            try
            {
                rows.push_back(row_of(items[i], i));
            }
            catch (const std::invalid_argument& error)
            {
                fail(i, error.what());
            }
        }
        if (!rows.empty())
            send(rows);
    }

    row row_of(const penstock::packet& item, std::size_t place) const
    {
        const bool deletes = packets::is_order_to_delete(item);
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
        std::optional<sql_error> refused;
        try
        {
            apply(rows);
        }
        catch (const sql_error& error)
        {
            refused = error;
        }
        if (!refused)
        {
            written.add(static_cast<double>(rows.size()));
            for (const row& each : rows)
                deliver(each.place);
            return;
        }
        session_->run("ROLLBACK");
        if (rows.size() == 1)
            return fail(rows.front().place, reason_of(*refused, rows.front()));
        send(rows.first(rows.size() / 2));
        send(rows.subspan(rows.size() / 2));
    }

    [[nodiscard]] std::string reason_of(const sql_error& error, const row& refused) const
    {
        const std::string blamed = error.state().starts_with("22")
                                       ? statements_.column_to_blame(*session_, refused)
                                       : std::string();
        return (blamed.empty() ? "" : "column \"" + blamed + "\": ") + error.what();
    }

    void apply(std::span<const row> rows)
    {
        const auto begin = std::chrono::steady_clock::now();
        session_->run("BEGIN");
        if (*mode == "copy")
            statements_.copy(*session_, rows);
        else
            while (!rows.empty())
                rows = rows.subspan(statements_.write(*session_, rows));
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
