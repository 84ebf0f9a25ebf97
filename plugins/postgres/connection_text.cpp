// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "connection_text.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <libpq-fe.h>

namespace postgres_package
{
namespace
{

struct options_end
{
    void operator()(PQconninfoOption* list) const { PQconninfoFree(list); }
};

// What a text gives, or else the environment, as libpq has it.
std::string given_or(const std::vector<option>& given, std::string_view name, const char* variable)
{
    std::string value = value_of(given, name);
    const char* const set = value.empty() ? std::getenv(variable) : nullptr;
    return set == nullptr ? value : std::string(set);
}

bool is_local(std::string_view host)
{
    return host.empty() || host.starts_with('/') || host.starts_with('@') || host == "localhost" ||
           host == "127.0.0.1" || host == "::1";
}

bool are_local(std::string_view hosts)
{
    while (is_local(hosts.substr(0, hosts.find(','))))
    {
        if (hosts.find(',') == std::string_view::npos)
            return true;
        hosts.remove_prefix(hosts.find(',') + 1);
    }
    return false;
}

} // namespace

std::vector<option> options_of(const std::string& connection, std::string& wrong)
{
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, options_end> list(
        PQconninfoParse(connection.c_str(), &message));
    if (list == nullptr)
    {
        wrong = "is no connection; host=HOST dbname=NAME or postgresql://HOST/NAME was expected";
        PQfreemem(message);
    }
    std::vector<option> given;
    for (const PQconninfoOption* each = list.get(); each != nullptr && each->keyword != nullptr;
         ++each)
        if (each->val != nullptr && *each->val != '\0')
            given.push_back({each->keyword, each->val});
    return given;
}

std::string value_of(const std::vector<option>& given, std::string_view name)
{
    const auto found = std::ranges::find(given, name, &option::name);
    return found == given.end() ? std::string() : found->value;
}

std::string problem_of_connection(const std::string& connection)
{
    std::string wrong;
    const std::vector<option> given = options_of(connection, wrong);
    if (wrong.empty() && !value_of(given, "password").empty())
        wrong = "has a password, which everybody sees; the parameter password was expected";
    else if (wrong.empty() && !value_of(given, "sslpassword").empty())
        wrong = "has a password of a key, which everybody sees; a key without one was expected";
    else if (wrong.empty() && !value_of(given, "service").empty())
        wrong = "has a service, which is in a file; host=HOST was expected";
    return wrong;
}

bool names_root_certificates(const std::string& connection)
{
    std::string wrong;
    return !value_of(options_of(connection, wrong), "sslrootcert").empty();
}

// Where a service leads to is in a file.
bool are_here(const std::vector<option>& given)
{
    return given_or(given, "service", "PGSERVICE").empty() &&
           are_local(given_or(given, "host", "PGHOST")) &&
           are_local(given_or(given, "hostaddr", "PGHOSTADDR"));
}

} // namespace postgres_package
