// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/access/authenticator.hpp"

#include "host/api/access/credentials.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host::api
{

namespace
{

using wall_clock = std::chrono::system_clock;

http::response challenge(unsigned status, std::string_view detail, std::string_view more)
{
    http::response made = http::response::problem(status, {}, detail);
    made.headers.add("WWW-Authenticate", R"(Bearer realm="penstock")" + std::string(more));
    return made;
}

// The file and what is wrong with it stand in the log, which a sender need not see.
http::response closed()
{
    return http::response::unavailable(
        "authorization: the host cannot read its tokens; its log says why", 1);
}

http::response lacks(scope needed)
{
    const std::string name(name_of(needed));
    return challenge(403,
                     "authorization: the token does not allow this; one with the scope " + name +
                         " was expected",
                     R"(, error="insufficient_scope", scope=")" + name + '"');
}

} // namespace

authenticator::authenticator(const std::filesystem::path& data,
                             std::function<void(const std::string&)> hears)
    : file_(data), hears_(std::move(hears))
{
}

authenticator::~authenticator()
{
    {
        const std::lock_guard lock(watching_);
        ends_ = true;
    }
    ending_.notify_all();
    if (watcher_.joinable())
        watcher_.join();
}

void authenticator::watch(watch_times how_often)
{
    look();
    {
        const std::lock_guard lock(mutex_);
        longest_gap_ = how_often.longest_gap;
    }
    watcher_ = std::thread([this, how_often] { keep_looking(how_often); });
}

void authenticator::keep_looking(watch_times how_often)
{
    std::unique_lock lock(watching_);
    while (!ending_.wait_for(lock, how_often.between_looks, [this] { return ends_; }))
    {
        lock.unlock();
        look();
        lock.lock();
    }
}

// What the caller is told is not told again by the looks that follow.
std::optional<problem> authenticator::read()
{
    const std::lock_guard reading(reading_);
    std::optional<problem> wrong = read_now();
    last_problem_ = wrong ? to_string(*wrong) : "";
    return wrong;
}

// The state of the file counts as read only if it was.
std::optional<problem> authenticator::read_now()
{
    const auto begin = clock::now();
    const token_file::stamp now = file_.look(); // before reading: what changes meanwhile is seen
    const auto tokens = [this]
    {
        const spare_descriptor::loan lent(spare_);
        return file_.read();
    }();
    const std::lock_guard lock(mutex_);
    if (!tokens)
    {
        needed_ = true;
        read_.reset();
        keys_ = std::make_shared<key_ring>();
        return tokens.error();
    }
    if (*tokens)
        needed_ = true;
    read_ = now;
    seen_at_ = begin;
    has_told_of_gap_ = false;
    keys_ = std::make_shared<key_ring>(tokens->value_or(key_ring()));
    return std::nullopt;
}

void authenticator::admit(std::string_view token)
{
    key_ring admitted;
    if (!token.empty())
    {
        admitted.push_back({.name = "of this run", .hash = hash_of(token)});
        admitted.back().scopes.add(scope::admin);
    }
    const std::lock_guard lock(mutex_);
    of_this_run_ = std::move(admitted);
}

bool authenticator::has_valid_tokens() const
{
    return std::ranges::any_of(*keys(), [](const token_record& each)
                               { return !each.is_expired(wall_clock::now()); });
}

std::optional<http::response> authenticator::objection(const http::request& head, access asked)
{
    if (!asked.needed())
        return std::nullopt;
    if (!is_needed())
        return std::nullopt;
    const std::string token = bearer_of(head);
    const auto known = is_token_text(token) ? holder(hash_of(token)) : std::nullopt;
    if (!known && !is_known())
    {
        tell_of_gap();
        return closed();
    }
    if (!known)
        return refuse(head, token);
    if (!known->scopes.allows(*asked.needed()))
        return lacks(*asked.needed());
    return std::nullopt;
}

bool authenticator::allows(const http::request& sent, scope wanted)
{
    const std::string token = bearer_of(sent);
    return !is_needed() || (is_token_text(token) && still_allows(hash_of(token), wanted));
}

std::string authenticator::sender_of(const http::request& sent) const
{
    const std::string token = bearer_of(sent);
    return is_needed() && !token.empty() ? to_hex(hash_of(token)) : std::string();
}

bool authenticator::still_allows(const token_hash& token, scope wanted)
{
    if (!is_needed())
        return true;
    const auto known = holder(token);
    return known && known->scopes.allows(wanted);
}

// A look costs a call of the system, a reading costs more: only what has changed is read.
void authenticator::look()
{
    const std::lock_guard reading(reading_);
    const auto begin = clock::now();
    if (const token_file::stamp now = file_.look(); is_current(now))
        return saw(begin);
    const auto wrong = read_now();
    const std::string text = wrong ? to_string(*wrong) : "";
    if (text == last_problem_)
        return;
    last_problem_ = text;
    hears_(wrong ? text + "; no token is valid until it can be read"
                 : file_.path().string() + ": can be read again");
}

bool authenticator::is_current(const token_file::stamp& now) const
{
    const std::lock_guard lock(mutex_);
    return read_ && *read_ == now;
}

void authenticator::saw(clock::time_point when)
{
    const std::lock_guard lock(mutex_);
    seen_at_ = when;
    has_told_of_gap_ = false;
}

// The first request that it keeps out tells; what cannot be read was told when that was found.
void authenticator::tell_of_gap()
{
    {
        const std::lock_guard lock(mutex_);
        if (!read_ || std::exchange(has_told_of_gap_, true))
            return;
    }
    hears_(file_.path().string() +
           ": has not been looked at in time; no token is valid until the disk answers");
}

// Whether the tokens of the file are those that it has now, or had a moment ago.
bool authenticator::is_known() const
{
    const std::lock_guard lock(mutex_);
    return read_.has_value() && clock::now() - seen_at_ <= longest_gap_;
}

std::shared_ptr<const authenticator::key_ring> authenticator::keys() const
{
    const std::lock_guard lock(mutex_);
    return keys_;
}

std::optional<token_record> authenticator::holder(const token_hash& hash) const
{
    {
        const std::lock_guard lock(mutex_);
        if (const token_record* own = find_token(of_this_run_, hash))
            return *own;
    }
    if (!is_known())
        return std::nullopt;
    const auto all = keys();
    if (const token_record* known = find_token(*all, hash);
        known != nullptr && !known->is_expired(wall_clock::now()))
        return *known;
    return std::nullopt;
}

// The text never holds what was sent: a reader of the answer or the log need not be the sender.
http::response authenticator::refuse(const http::request& head, std::string_view token)
{
    if (token.empty())
        return challenge(
            401, "authorization: no token; Authorization: Bearer and a token was expected", "");
    const auto excess = failed_.note(head.peer, clock::now());
    if (!excess)
        return challenge(401,
                         "authorization: the token is unknown, revoked or expired; a valid one "
                         "was expected",
                         R"(, error="invalid_token")");
    if (excess->is_first)
        hears_("wrong tokens come from " + head.peer);
    http::response made =
        http::response::problem(429, {}, "authorization: too many wrong tokens from here");
    made.headers.add("Retry-After", std::to_string(excess->pause.count()));
    return made;
}

} // namespace penstock::host::api
