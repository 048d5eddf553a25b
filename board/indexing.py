"""What search keeps of a job."""

from board.core.hold_times import changed_spells
from board.core.job import Job
from board.search import IndexedJob


def indexed_job(job: Job, seq: int, before: Job | None = None) -> IndexedJob:
    """The row of the search index for `job` as it is at `seq`; of its holds only what is not as in
    the job `before`.
    """
    return IndexedJob(
        job_id=job.id,
        number=job.number,
        state=job.state,
        seq=seq,
        kind=job.kind,
        plate=job.car.plate,
        vin=job.car.vin,
        ticket=job.ticket,
        phone_tail=job.customer.phone,
        customer=job.customer.name,
        arrived_at=job.arrived_at,
        closed_at=job.closed_at,
        holds=changed_spells(job, before),
    )


def found_alike(job: Job, other: Job | None) -> bool:
    """Whether both are found by the same and shown alike, but for state and times."""
    return other is not None and (
        (job.car is other.car or job.car == other.car)
        and (job.customer is other.customer or job.customer == other.customer)
        and (job.number, job.ticket, job.kind) == (other.number, other.ticket, other.kind)
    )
