package dev.retailcrm.jdbc;

import dev.retailcrm.tck.AccountOwnersContract;
import dev.retailcrm.tck.BatchContract;
import dev.retailcrm.tck.CrmFixture;
import dev.retailcrm.tck.CustomerStoreContract;
import dev.retailcrm.tck.ExpiryContract;
import dev.retailcrm.tck.GiftCardStoreContract;
import dev.retailcrm.tck.GiftCardUseContract;
import dev.retailcrm.tck.GiftCardsContract;
import dev.retailcrm.tck.HoldContract;
import dev.retailcrm.tck.LedgerContract;
import dev.retailcrm.tck.LedgerHistoryStoreContract;
import dev.retailcrm.tck.LedgerStoreContract;
import dev.retailcrm.tck.OutboxStoreContract;
import dev.retailcrm.tck.RequestStoreContract;
import dev.retailcrm.tck.ReversalContract;
import dev.retailcrm.tck.UnitOfWorkContract;
import org.junit.jupiter.api.Nested;

/** The whole contract kit on one database. */
abstract class KitTest {
    private final JdbcFixture.Kind kind;

    KitTest(JdbcFixture.Kind kind) {
        this.kind = kind;
    }

    final CrmFixture stores() {
        return JdbcFixture.on(kind);
    }

    @Nested
    class UnitOfWork extends UnitOfWorkContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class RequestStore extends RequestStoreContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class OutboxStore extends OutboxStoreContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class CustomerStore extends CustomerStoreContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class AccountOwners extends AccountOwnersContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class LedgerStore extends LedgerStoreContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class LedgerHistoryStore extends LedgerHistoryStoreContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class Ledger extends LedgerContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class GiftCardStore extends GiftCardStoreContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class GiftCards extends GiftCardsContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class GiftCardUse extends GiftCardUseContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class Hold extends HoldContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class Reversal extends ReversalContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class Expiry extends ExpiryContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }

    @Nested
    class Batch extends BatchContract {
        @Override
        protected CrmFixture fixture() {
            return stores();
        }
    }
}
