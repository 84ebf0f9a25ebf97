// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/components/comparison.hpp"
#include "tests/bench/components/inputs.hpp"
#include "tests/bench/components/sink.hpp"

#include "tests/plugins/postgres/database_server.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <curl/curl.h>
#include <libpq-fe.h>

namespace penstock::bench
{
namespace
{

constexpr std::size_t of_a_batch = 1000; // as the components'

sink& far_side()
{
    static sink one;
    return one;
}

// A connection that sends one body after the other.
class sender
{
public:
    sender(const std::string& url, const char* type)
        : headers_(curl_slist_append(nullptr, type), curl_slist_free_all),
          easy_(curl_easy_init(), curl_easy_cleanup)
    {
        curl_easy_setopt(easy_.get(), CURLOPT_URL, url.c_str());
        curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers_.get());
        curl_easy_setopt(easy_.get(), CURLOPT_WRITEFUNCTION, &sender::receive);
        curl_easy_setopt(easy_.get(), CURLOPT_WRITEDATA, &answer_);
    }

    const std::string& post(const std::string& body)
    {
        answer_.clear();
        curl_easy_setopt(easy_.get(), CURLOPT_POSTFIELDS, body.data());
        curl_easy_setopt(easy_.get(), CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(body.size()));
        long status = 0;
        if (curl_easy_perform(easy_.get()) != CURLE_OK ||
            curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status) != CURLE_OK ||
            status != 200)
            throw std::runtime_error("curl: a request failed");
        return answer_;
    }

private:
    static std::size_t receive(char* part, std::size_t size, std::size_t count, void* into)
    {
        static_cast<std::string*>(into)->append(part, size * count);
        return size * count;
    }

    std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers_;
    std::unique_ptr<CURL, void (*)(CURL*)> easy_;
    std::string answer_;
};

comparison http_publish()
{
    constexpr std::size_t count = 3'000;
    const std::string url = far_side().url() + "/hook";
    const auto bare = [url](const std::vector<packet>& documents)
    {
        sender to(url, "Content-Type: application/json");
        for (const packet& each : documents)
            to.post(write_json(each.fields()));
        return documents.size();
    };
    return {.name = "http/publish",
            .parameters = {{"url", url}},
            .packets = [] { return records(count); },
            .made = delivered_packets,
            .bare = bare};
}

comparison opensearch_publish()
{
    constexpr std::size_t count = 20'000;
    const std::string url = far_side().url();
    const auto bare = [url](const std::vector<packet>& documents)
    {
        sender to(url + "/_bulk", "Content-Type: application/x-ndjson");
        std::string body;
        std::size_t sent = 0;
        std::size_t taken = 0;
        for (const packet& each : documents)
        {
            write_json(json::object{{"index", {{"_index", "bench"}, {"_id", each.text("id")}}}},
                       body);
            body += '\n';
            write_json(each.fields(), body);
            body += '\n';
            if (++sent % of_a_batch != 0 && sent != documents.size())
                continue;
            const json::value told = parse_json(to.post(body));
            for (const json::value& item : told.at("items").as_array())
                taken += item.at("index").at("status") == 201;
            body.clear();
        }
        return taken;
    };
    return {.name = "opensearch/publish",
            .parameters = {{"url", url}, {"index", "bench"}},
            .packets = [] { return records(count); },
            .made = delivered_packets,
            .bare = bare};
}

class session
{
public:
    explicit session(const std::string& connection)
        : connection_(PQconnectdb(connection.c_str()), PQfinish)
    {
    }

    void run(const std::string& statement, const std::vector<const char*>& values = {})
    {
        const std::unique_ptr<PGresult, void (*)(PGresult*)> result(
            PQexecParams(connection_.get(), statement.c_str(), static_cast<int>(values.size()),
                         nullptr, values.data(), nullptr, nullptr, 0),
            PQclear);
        const ExecStatusType status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_COPY_IN)
            throw std::runtime_error(PQerrorMessage(connection_.get()));
    }

    void copy(const std::string& lines)
    {
        run("COPY records (id, name, description, price, in_stock) FROM STDIN");
        PQputCopyData(connection_.get(), lines.data(), static_cast<int>(lines.size()));
        PQputCopyEnd(connection_.get(), nullptr);
        std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQgetResult(connection_.get()),
                                                              PQclear);
        if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
            throw std::runtime_error(PQerrorMessage(connection_.get()));
        while (result != nullptr)
            result.reset(PQgetResult(connection_.get()));
    }

private:
    std::unique_ptr<PGconn, void (*)(PGconn*)> connection_;
};

std::vector<std::string> texts_of(const packet& row)
{
    std::vector<std::string> texts;
    for (const auto& [name, value] : row.fields())
        texts.push_back(value.is_string() ? std::string(value.get_string()) : write_json(value));
    return texts;
}

void insert(session& into, const std::vector<std::string>& texts)
{
    constexpr std::array types{"text", "text", "text", "double precision", "boolean"};
    std::string statement = "INSERT INTO records (id, name, description, price, in_stock) VALUES ";
    std::vector<const char*> values;
    for (std::size_t n = 0; n < texts.size(); ++n)
    {
        const std::size_t column = n % types.size();
        statement += column > 0 ? ", " : n == 0 ? "(" : "), (";
        statement += "$" + std::to_string(n + 1) + "::" + types[column];
        values.push_back(texts[n].c_str());
    }
    into.run(statement + ") ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, description = "
                         "EXCLUDED.description, price = EXCLUDED.price, in_stock = "
                         "EXCLUDED.in_stock",
             values);
}

std::size_t insert_all(const std::string& connection, const std::vector<packet>& rows)
{
    session into(connection);
    std::vector<std::string> texts;
    std::size_t count = 0;
    for (const packet& each : rows)
    {
        std::ranges::move(texts_of(each), std::back_inserter(texts));
        if (++count % of_a_batch != 0 && count != rows.size())
            continue;
        into.run("BEGIN");
        insert(into, texts);
        into.run("COMMIT");
        texts.clear();
    }
    return count;
}

std::size_t copy_all(const std::string& connection, const std::vector<packet>& rows)
{
    session into(connection);
    std::string lines;
    std::size_t count = 0;
    for (const packet& each : rows)
    {
        bool is_first = true;
        for (const std::string& text : texts_of(each))
        {
            lines += std::exchange(is_first, false) ? "" : "\t";
            for (const char c : text)
                if (c == '\n')
                    lines += "\\n";
                else
                    lines += c;
        }
        lines += '\n';
        if (++count % of_a_batch != 0 && count != rows.size())
            continue;
        into.run("BEGIN");
        into.copy(lines);
        into.run("COMMIT");
        lines.clear();
    }
    return count;
}

database_server& database()
{
    static database_server one;
    one.start();
    return one;
}

comparison postgres_publish(const char* name, json::object parameters,
                            std::size_t (*bare)(const std::string&, const std::vector<packet>&))
{
    constexpr std::size_t count = 10'000;
    const std::string connection = database().connection();
    database().ask("CREATE TABLE IF NOT EXISTS records (id text PRIMARY KEY, name text, "
                   "description text, price double precision, in_stock boolean)");
    parameters.emplace("connection", connection);
    parameters.emplace("table", "records");
    return {.name = name,
            .parameters = std::move(parameters),
            .packets = [] { return records(count); },
            .made = delivered_packets,
            .bare = [connection, bare](const std::vector<packet>& rows)
            { return bare(connection, rows); },
            .reset = [] { database().ask("TRUNCATE records"); }};
}

} // namespace

void add_servers(std::vector<comparison>& to)
{
    add(to, http_publish);
    add(to, opensearch_publish);
    add(to,
        [] {
            return postgres_publish("postgres/publish, upsert", {{"key", {"id"}}}, insert_all);
        });
    add(to,
        [] {
            return postgres_publish("postgres/publish, copy", {{"mode", "copy"}}, copy_all);
        });
}

} // namespace penstock::bench
