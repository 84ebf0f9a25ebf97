// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "certificate.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

namespace penstock::host::http::testing
{

namespace
{

void must(bool done)
{
    if (!done)
        throw std::runtime_error("no certificate could be made");
}

void extend(X509* made, int what, const std::string& value)
{
    X509V3_CTX about;
    X509V3_set_ctx(&about, made, made, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> added(
        X509V3_EXT_conf_nid(nullptr, &about, what, value.c_str()), X509_EXTENSION_free);
    must(added != nullptr && X509_add_ext(made, added.get(), -1) == 1);
}

template <class Write>
void write_file(const std::string& path, Write write)
{
    const int number = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    std::FILE* const file = number < 0 ? nullptr : ::fdopen(number, "w");
    must(file != nullptr);
    const bool written = write(file) == 1;
    must(std::fclose(file) == 0 && written);
}

} // namespace

certificate make_certificate(const std::filesystem::path& folder, const std::string& name,
                             const std::string& host)
{
    constexpr long day = 86'400;
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                  EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
    must(key != nullptr && made != nullptr);
    X509_set_version(made.get(), X509_VERSION_3);
    static long serial = 0;
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -day);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), day);
    X509_set_pubkey(made.get(), key.get());
    X509_NAME* const subject = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(made.get(), subject);
    extend(made.get(), NID_basic_constraints, "critical,CA:TRUE");
    extend(made.get(), NID_subject_alt_name, host);
    must(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);

    const certificate files{folder / (name + ".pem"), folder / (name + ".key")};
    write_file(files.file, [&](std::FILE* to) { return PEM_write_X509(to, made.get()); });
    write_file(
        files.key, [&](std::FILE* to)
        { return PEM_write_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    return files;
}

} // namespace penstock::host::http::testing
