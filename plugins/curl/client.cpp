// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "client.hpp"

#include "address.hpp"
#include "url.hpp"

#include <penstock/blocking.hpp>
#include <penstock/unavailable.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace curl
{
namespace
{

using clock = std::chrono::steady_clock;

// So long a thread is lent to a transfer; teardown waits for it.
constexpr std::chrono::milliseconds slice{100};

void begin_library()
{
    static const CURLcode begun = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (begun != CURLE_OK)
        throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(begun));
}

struct list_end
{
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

using header_list = std::unique_ptr<curl_slist, list_end>;

header_list to_list(const std::vector<std::string>& headers)
{
    header_list list;
    const auto add = [&](const char* line)
    {
        curl_slist* const longer = curl_slist_append(list.get(), line);
        if (longer == nullptr)
            throw std::bad_alloc();
        (void)list.release();
        list.reset(longer);
    };
    add("Expect:"); // else large bodies wait a second for servers that do not know it
    for (const std::string& each : headers)
        add(each.c_str());
    return list;
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value)
{
    if (const CURLcode code = curl_easy_setopt(easy, option, value); code != CURLE_OK)
        throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(code));
}

long to_long(std::chrono::milliseconds time)
{
    return static_cast<long>(time.count());
}

} // namespace

struct client::handles
{
    CURLM* multi = nullptr;
    CURL* easy = nullptr;

    handles()
    {
        begin_library();
        multi = curl_multi_init();
        easy = curl_easy_init();
        if (multi == nullptr || easy == nullptr)
        {
            end();
            throw std::runtime_error("libcurl: out of memory");
        }
    }

    ~handles() { end(); }

    void end()
    {
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
    }
};

/// One request on its way; when it is destroyed before its end, the connection is cut.
class client::transfer
{
public:
    transfer(handles& on, const settings& how, const request& what)
        : on_(on), how_(how), what_(what), headers_(to_list(what.headers))
    {
        curl_easy_reset(on.easy);
        address();
        secure();
        bound();
        describe();
        if (curl_multi_add_handle(on.multi, on.easy) != CURLM_OK)
            throw std::runtime_error("libcurl: the request cannot begin");
    }

    transfer(const transfer&) = delete;
    transfer& operator=(const transfer&) = delete;

    ~transfer() { curl_multi_remove_handle(on_.multi, on_.easy); }

    /// Works for a while; whether it has ended. Blocks. [any thread]
    bool advance()
    {
        const clock::time_point until = clock::now() + slice;
        for (;;)
        {
            int running = 0;
            check(curl_multi_perform(on_.multi, &running));
            if (running == 0)
                return take_result();
            const auto left =
                std::chrono::duration_cast<std::chrono::milliseconds>(until - clock::now());
            if (left.count() <= 0)
                return false;
            check(curl_multi_poll(on_.multi, nullptr, 0, static_cast<int>(left.count()), nullptr));
        }
    }

    /// Returns the answer, once it has ended, or throws.
    answer finish()
    {
        if (is_too_large_)
            throw std::runtime_error(origin_of(what_.url) + ": the answer is too large; at most " +
                                     std::to_string(how_.answer_bytes) + " bytes were expected");
        if (result_ != CURLE_OK)
            refuse();
        long status = 0;
        curl_off_t retry_after = 0;
        curl_easy_getinfo(on_.easy, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_getinfo(on_.easy, CURLINFO_RETRY_AFTER, &retry_after);
        const char* type = nullptr;
        if (curl_easy_getinfo(on_.easy, CURLINFO_CONTENT_TYPE, &type) == CURLE_OK &&
            type != nullptr)
            answer_.type = type;
        constexpr curl_off_t longest = 24 * 60 * 60;
        answer_.status = static_cast<unsigned>(status);
        answer_.retry_after = std::chrono::seconds(
            std::min<curl_off_t>(std::max<curl_off_t>(retry_after, 0), longest));
        return std::move(answer_);
    }

private:
    void address()
    {
        set(on_.easy, CURLOPT_URL, what_.url.c_str());
        set(on_.easy, CURLOPT_PROTOCOLS_STR, "http,https");
        set(on_.easy, CURLOPT_PATH_AS_IS, 1L);
        set(on_.easy, CURLOPT_PROXY, "");
        set(on_.easy, CURLOPT_NOSIGNAL, 1L);
        set(on_.easy, CURLOPT_OPENSOCKETFUNCTION, &transfer::open_socket);
        set(on_.easy, CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
    }

    void secure()
    {
        set(on_.easy, CURLOPT_SSL_VERIFYPEER, how_.verify ? 1L : 0L);
        set(on_.easy, CURLOPT_SSL_VERIFYHOST, how_.verify ? 2L : 0L);
        set(on_.easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        if (!how_.ca_file.empty())
        {
            set(on_.easy, CURLOPT_CAINFO, how_.ca_file.c_str());
            set(on_.easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
        }
        if (how_.user.empty() && how_.password.empty())
            return;
        set(on_.easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        set(on_.easy, CURLOPT_USERNAME, how_.user.c_str());
        set(on_.easy, CURLOPT_PASSWORD, how_.password.c_str());
    }

    void bound()
    {
        set(on_.easy, CURLOPT_CONNECTTIMEOUT_MS, to_long(how_.connect_time));
        set(on_.easy, CURLOPT_TIMEOUT_MS, to_long(how_.time));
        set(on_.easy, CURLOPT_WRITEFUNCTION, &transfer::receive);
        set(on_.easy, CURLOPT_WRITEDATA, static_cast<void*>(this));
    }

    void describe()
    {
        if (what_.connect_only)
            set(on_.easy, CURLOPT_CONNECT_ONLY, 1L);
        if (what_.method == "HEAD")
            set(on_.easy, CURLOPT_NOBODY, 1L);
        else if (what_.method != "GET")
        {
            // A pointer of its own for no body: a null one would have the body read from a file.
            set(on_.easy, CURLOPT_POSTFIELDS, what_.body.empty() ? "" : what_.body.data());
            set(on_.easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(what_.body.size()));
            set(on_.easy, CURLOPT_CUSTOMREQUEST, what_.method.c_str());
        }
        set(on_.easy, CURLOPT_ACCEPT_ENCODING, ""); // all that libcurl unpacks
        set(on_.easy, CURLOPT_USERAGENT, "penstock");
        set(on_.easy, CURLOPT_HTTPHEADER, headers_.get());
    }

    static void check(CURLMcode code)
    {
        if (code != CURLM_OK)
            throw std::runtime_error(std::string("libcurl: ") + curl_multi_strerror(code));
    }

    bool take_result()
    {
        int left = 0;
        while (const CURLMsg* each = curl_multi_info_read(on_.multi, &left))
            if (each->msg == CURLMSG_DONE && each->easy_handle == on_.easy)
                result_ = each->data.result;
        return true;
    }

    [[noreturn]] void refuse() const
    {
        const std::string origin = origin_of(what_.url);
        if (!refused_.empty())
            throw refused_address(origin + ": " + refused_ +
                                  " is no public address; one was expected");
        const bool is_connected = has_connected();
        if (result_ == CURLE_UNSUPPORTED_PROTOCOL && is_connected)
            throw no_answer(origin + ": the answer is no HTTP");
        if (result_ == CURLE_URL_MALFORMAT || result_ == CURLE_UNSUPPORTED_PROTOCOL)
            throw std::invalid_argument(origin + ": is no url; http:// or https:// was expected");
        std::string why = curl_easy_strerror(result_);
        if (result_ == CURLE_OUT_OF_MEMORY || result_ == CURLE_FAILED_INIT ||
            result_ == CURLE_BAD_FUNCTION_ARGUMENT) // the request never began
            throw std::runtime_error(origin + ": " + why);
        long error = 0;
        if (result_ == CURLE_COULDNT_CONNECT &&
            curl_easy_getinfo(on_.easy, CURLINFO_OS_ERRNO, &error) == CURLE_OK && error != 0)
            why += std::string(": ") + std::strerror(static_cast<int>(error));
        if (is_connected)
            throw no_answer(origin + ": " + why);
        throw penstock::unavailable(origin + ": " + why);
    }

    // Whether a connection was made, TLS included, or used again.
    [[nodiscard]] bool has_connected() const
    {
        curl_off_t ready = 0; // when the request could be sent; 0: never
        return curl_easy_getinfo(on_.easy, CURLINFO_PRETRANSFER_TIME_T, &ready) == CURLE_OK &&
               ready > 0;
    }

    static std::size_t receive(char* part, std::size_t size, std::size_t count, void* self)
    {
        auto& into = *static_cast<transfer*>(self);
        const std::size_t room = into.how_.answer_bytes - into.answer_.body.size();
        into.is_too_large_ = size * count > room && !into.how_.cuts_answers;
        if (into.is_too_large_)
            return 0;
        into.answer_.body.append(part, std::min(size * count, room));
        return size * count;
    }

    // The address that is judged here is the one that is connected to, whatever the name resolves
    // to at another time.
    static curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr* to)
    {
        auto& from = *static_cast<transfer*>(self);
        if (from.what_.public_only && !is_public(to->addr))
        {
            from.refused_ = text_of(to->addr);
            return CURL_SOCKET_BAD;
        }
        return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
    }

    handles& on_;
    const settings& how_;
    const request& what_;
    const header_list headers_;
    answer answer_;
    std::string refused_;
    bool is_too_large_ = false;
    CURLcode result_ = CURLE_OK;
};

client::client(settings with) : settings_(std::move(with)), handles_(std::make_unique<handles>()) {}

client::~client() = default;

answer client::send(const request& what)
{
    transfer running(*handles_, settings_, what);
    while (!penstock::blocking([&] { return running.advance(); }))
        continue;
    return running.finish();
}

} // namespace curl
